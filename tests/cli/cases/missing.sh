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
mkdir empty
expect 2 "$ANREIZ" run empty
said 'no manifest.cfg'
absent results
code=0
"$ANREIZ" plot nowhere >out 2>err || code=$?
[ "$code" -ne 0 ] || fail "plot of a folder that is not there succeeds"
said 'nowhere'
