#!/bin/sh
# What effort gains: table, rows, JSON and picture; wrong roles are named.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

for role in sales development kam; do
    expect 0 "$ANREIZ" explain "$other" --role $role
    printed "person of role $role"
    printed 'effort that answers'
    printed 'months left'
    wide=$(awk 'length > 80' out)
    [ -z "$wide" ] || fail "wider than a terminal: $wide"
done
printed 'Not moved by effort'
printed 'share price'
[ ! -s err ] || fail "talks on stderr"
# Deferred pay is not what people get on average; pay at once needs no such remark.
printed 'before gets less or nothing'
printed '^Deferred pay a year  *expected discounted  perceived    if here'
expect 0 "$ANREIZ" explain "$scenario" --role kam
! grep -q 'gets less or nothing' out || fail "a quarterly bonus is told like deferred pay"
! grep -q 'Deferred pay' out || fail "a quarterly bonus is shown as deferred"
# Only one role: it need not be named.
expect 0 "$ANREIZ" explain "$root/scenarios/mass_market.cfg"
printed 'person of role sales'
# The plan of a scenario can be changed like everything else.
expect 0 "$ANREIZ" explain "$other" --role kam --set 'roles.kam.plan="kam_quarterly_bonus"'
printed 'bonus on bookings'
# What the simulation does instead is said.
expect 0 "$ANREIZ" explain "$other" --role kam --set 'simulation.effort="none"'
printed 'effort is "none"'
expect 0 "$ANREIZ" explain "$other" --role kam --set 'simulation.effort="dynamic"'
! grep -q 'simulation.effort' out || fail "talks of another mode"

# What cap, guarantee, hold-back and bank take from it is said, and no line is too wide.
sales='roles.sales.plan="sales_guaranteed"'
draw='plans.sales_guaranteed.draw'
expect 0 "$ANREIZ" explain "$scenario" --role sales --set "$sales"
printed 'The cap of 70000 a year leaves'
printed 'guarantee of the first 12 months is not in these numbers'
wide=$(awk 'length > 80' out)
[ -z "$wide" ] || fail "wider than a terminal: $wide"
expect 0 "$ANREIZ" explain "$scenario" --role sales --set "$sales" --set "$draw.months=0"
printed '^guarantee  '
printed 'one more unit is worth nothing'
expect 0 "$ANREIZ" explain "$scenario" --role sales --set "$sales" --set "$draw.months=0" --format csv
printed ',guarantee,,,,,currency a year,'
expect 0 "$ANREIZ" explain "$scenario" --role sales --set "$sales" --set "$draw.months=0" --format json
printed '"guarantee": '
expect 0 "$ANREIZ" explain "$scenario" --role sales --set "$sales" --set "$draw.rule=\"recoverable\""
printed 'draw is an advance'
expect 0 "$ANREIZ" explain "$scenario" --role sales --set 'roles.sales.plan="sales_bonus_bank"'
printed 'before gets less or nothing'

expect 0 "$ANREIZ" explain "$other" --role kam --format csv
[ "$(head -n 1 out)" = "scenario,role,plan,component,item,activity,month,months_left,attainment,unit,value" ] ||
    fail "header: $(head -n 1 out)"
awk -F, 'NF != 11' out | grep . && fail "rows of another length"
printed ',performance cash,worth_inside,care,12,1,,currency,'
printed ',effort_by_attainment,'
for item in discounted_pay perceived_pay surviving_pay; do
    printed ",shares,$item,,,,,currency a year,"
done
expect 0 "$ANREIZ" explain "$other" --role kam --format json
if command -v python3 >/dev/null; then
    python3 -m json.tool <out >/dev/null || fail "no JSON"
fi

expect 0 "$ANREIZ" explain "$other" --role kam --out picture --no-plots
[ -s picture/effort.gp ] || fail "no script"
[ -s picture/effort.dat ] || fail "no data"
[ -s picture/style.gp ] || fail "no style"
absent picture/effort.png
if command -v gnuplot >/dev/null; then
    expect 0 "$ANREIZ" plot picture
    [ -s picture/effort.png ] || fail "no picture"
    expect 0 "$ANREIZ" explain "$other" --role kam --out again
    said '^  effort'
    same_bytes picture again
fi
expect 1 "$ANREIZ" explain "$other" --role kam --out picture
said '[-][-]force'
expect 0 "$ANREIZ" explain "$other" --role kam --out picture --force --no-plots
absent picture/effort.png
no_temporaries picture

expect 2 "$ANREIZ" explain "$other" --role kma
said 'did you mean kam?'
expect 2 "$ANREIZ" explain "$other" --role nobody
said 'but: sales, development, kam'
expect 2 "$ANREIZ" explain "$other"
said 'which role'
expect 2 "$ANREIZ" explain
said 'anreiz explain SCENARIO'
