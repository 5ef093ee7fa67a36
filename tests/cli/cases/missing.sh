#!/bin/sh
# A scenario or run that is not there is a wrong question.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

expect 2 "$ANREIZ" run nowhere.cfg
said 'nowhere.cfg'
expect 2 "$ANREIZ" check nowhere.cfg
said 'nowhere.cfg'
expect 2 "$ANREIZ" compare "$scenario" nowhere.cfg also_nowhere.cfg
said 'nowhere.cfg'
said 'also_nowhere.cfg'
cp "$scenario" mine.cfg
expect 2 "$ANREIZ" check mine
said 'did you mean mine.cfg'
[ "$(grep -o 'did you mean' err | wc -l)" = 1 ] || fail "asked twice: $(cat err)"
expect 2 "$ANREIZ" check mien
said 'did you mean mine.cfg'
# A mistake in two scenarios is said once, a role in other capitals found.
expect 2 "$ANREIZ" sweep mine.cfg --against "$other" --set roles.kam.hedcount=3 --replications 2 \
    --vary roles.kam.headcount=1,2
[ "$(grep -c 'did you mean headcount' err)" = 1 ] || fail "said twice: $(cat err)"
expect 2 "$ANREIZ" explain "$other" --role KAM
said 'did you mean kam'
mkdir empty
expect 2 "$ANREIZ" run empty
said 'no manifest.cfg'
absent results
code=0
"$ANREIZ" plot nowhere >out 2>err || code=$?
[ "$code" -ne 0 ] || fail "plot of a folder that is not there succeeds"
said 'nowhere'
