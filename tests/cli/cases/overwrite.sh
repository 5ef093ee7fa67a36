#!/bin/sh
# A finished run is not overwritten without --force, and that is known before anything is simulated.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --no-plots
[ -d results/short_term_bonus ] || fail "the folder is not results/short_term_bonus"
cp -r results/short_term_bonus before
# Long enough that simulating it first would be noticed.
expect 1 timeout 20 "$ANREIZ" run "$scenario" --replications 100000000 --no-plots
said '[-][-]force'
diff -r before results/short_term_bonus >difference || fail "it was changed: $(cat difference)"

echo mine >results/short_term_bonus/notes.txt
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --no-plots --seed 77 --force
cmp -s before/replications.csv results/short_term_bonus/replications.csv && fail "--force did not overwrite"
[ "$(cat results/short_term_bonus/notes.txt)" = mine ] || fail "--force took a file that is not ours"

# The same for a comparison.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $small --no-plots --out both
expect 1 timeout 20 "$ANREIZ" compare "$scenario" "$other" --replications 100000000 --out both
said '[-][-]force'
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $small --no-plots --out both --force

# What an earlier comparison left below goes, what is not ours stays, and no run beside it is touched.
third=${scenario%/*}/sales_only.cfg
echo mine >both/long_term_kam/notes.txt
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --no-plots --out both/alone
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$third" $small --no-plots --out both --force
[ "$(ls both/long_term_kam)" = notes.txt ] || fail "left behind: $(ls both/long_term_kam)"
[ -s both/alone/manifest.cfg ] || fail "--force took a run that no comparison made"
[ -s both/sales_only/annual.csv ] || fail "no folder of the new plan"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $small --no-plots --out both --force
absent both/sales_only
