#!/bin/sh
# Outcomes are listed, and every name in the list is a metric; components and stages have theirs.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

expect 0 "$ANREIZ" outcomes
cp out list
expect 0 "$ANREIZ" run --metrics help
cmp -s out list || fail "--metrics help is not the list of outcomes"
# A word chooses among them, in names and meanings, whether its letters are capital or small.
expect 0 "$ANREIZ" outcomes wallet
printed '^wallet_share$'
! grep -q '^turnover$' out || fail "a word does not choose: $(cat out)"
expect 0 "$ANREIZ" parameters Wallet
printed '^segments.NAME.wallet'
! grep -q '^simulation.seed$' out || fail "a word does not choose: $(cat out)"
expect 2 "$ANREIZ" parameters nosuchword
said 'no name and no meaning holds "nosuchword"'
expect 2 "$ANREIZ" outcomes wallet --markdown
said 'leave wallet away'
names=$(sed -n 's/^\([a-z][a-z0-9_]*\)$/\1/p' list | paste -s -d , -)
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --summary --metrics "$names"
[ "$(head -n 1 out | tr ',' '\n' | grep -c '_standard_error$')" -gt 100 ] || fail "names: $names"

# A component of a plan and a stage of a pipeline: the same number in the row and in the table.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$other" $small --replications 3 --set simulation.years=1 --no-plots --out one
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$other" $small --replications 3 --set simulation.years=1 --summary \
    --no-header --metrics 'conversion.key.negotiation'
in_row=$(cut -d, -f5 out)
in_table=$(awk -F, '$1 == "conversion.negotiation" && $3 == "key" { print $6 }' one/annual.csv)
[ -n "$in_row" ] || fail "nothing in the row: $(cat out)"
[ "$in_row" = "$in_table" ] || fail "row $in_row, table $in_table"
grep -q '^pay\.[^,]*,kam,all,1,currency,' one/annual.csv || fail "no component of a plan"
expect 2 "$ANREIZ" run "$other" --summary --metrics conversion.key.nothing
said 'conversion.key.negotiation'

# Drawing again is no simulation.
expect 2 "$ANREIZ" plot one --set simulation.years=2
said 'anreiz run one'
expect 2 "$ANREIZ" plot one --out two
absent two
