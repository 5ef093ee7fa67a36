#!/bin/sh
# Running the manifest of a run, or its folder, again gives the same bytes, the manifest included.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --seed 9223372036854775807 --set economy.demand.sd=0.17 \
    --out first --threads 2
expect 0 "$ANREIZ" run first/manifest.cfg --out second --threads 1
same_bytes first second
expect 0 "$ANREIZ" run second/ --out third
same_bytes first third

# It stands alone: the scenario's own parts may be gone, and the folder may be anywhere.
mkdir elsewhere
mv first elsewhere/moved
(cd / && expect 0 "$ANREIZ" run "$folder/elsewhere/moved" --out "$folder/fourth")
same_bytes second fourth

# A run may replace itself.
expect 0 "$ANREIZ" run third --out third --force
same_bytes second third
for word in threads "$folder" "$(date +%Y)-"; do
    if grep -q -e "$word" second/manifest.cfg; then
        fail "the manifest tells \"$word\""
    fi
done
grep -q 'commit' second/manifest.cfg || fail "the manifest has no commit"
grep -q 'threads' second/run.log || fail "run.log does not tell the threads"

# Plans that nobody is paid by are left out.
grep -q 'kam_lti = {' second/manifest.cfg && fail "a plan of the library is in the manifest"
[ "$(grep -c 'salary = ' second/manifest.cfg)" -le 4 ] || fail "more plans than roles"
