#!/bin/sh
# stdout holds results, stderr talk; colour and progress only on a terminal.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
escape=$(printf '\033')

# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --no-plots --out one
printed 'turnover'
said 'one'
for file in out err; do
    if grep -q -e "$escape" $file || grep -q "$(printf '\r')" $file; then
        fail "control characters without a terminal in $file"
    fi
done
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --no-plots --quiet --out two
[ ! -s err ] || fail "--quiet talks"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --no-plots --quiet --format json --out three
[ "$(head -c 1 out)" = '{' ] || fail "not JSON"
expect 2 "$ANREIZ" run nowhere.cfg --quiet
said 'nowhere.cfg'

if command -v script >/dev/null; then
    export TERM=xterm
    # shellcheck disable=SC2086
    script -qec "'$ANREIZ' run '$scenario' $small --no-plots --out four" /dev/null >terminal </dev/null
    grep -q '0 of 12 replications' terminal || fail "no progress on a terminal"
    script -qec "'$ANREIZ' run nowhere.cfg" /dev/null >terminal </dev/null || true
    grep -q -e "$escape" terminal || fail "no colour on a terminal"
    NO_COLOR=1 script -qec "'$ANREIZ' run nowhere.cfg" /dev/null >terminal </dev/null || true
    if grep -q -e "$escape" terminal; then
        fail "colour in spite of NO_COLOR"
    fi
fi
