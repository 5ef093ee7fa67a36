#!/bin/sh
# One history told: the same people and money as the run has, and wrong names are answered.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
short='--set simulation.years=2'

# shellcheck disable=SC2086
expect 0 "$ANREIZ" trace "$other" $short --replication 3
printed 'replication 3, seed 1, 2 years'
printed 'leaves of own will after'
printed 'hired; the seat was empty'
printed 'lose the owner'
[ ! -s err ] || fail "talks on stderr"
wide=$(awk 'length > 80' out)
[ -z "$wide" ] || fail "wider than a terminal: $wide"
cp out firm

# Everybody who is named can be asked about.
for name in $(awk 'NR > 4 { print $2 }' firm | grep -e '-[0-9]' | sort -u | head -n 5); do
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" trace "$other" $short --replication 3 --employee "$name"
    printed "^$name: role "
    printed 'Paid in all'
    wide=$(awk 'length > 80' out)
    [ -z "$wide" ] || fail "wider than a terminal: $wide"
done

# The run with the same number has as many hires.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$other" $short --replication 3 --summary --metrics hires
run_hires=$(awk -F, 'NR == 2 { print $(NF - 1) }' out)
# shellcheck disable=SC2086
expect 0 "$ANREIZ" trace "$other" $short --replication 3 --format csv
[ "$(head -n 1 out)" = "scenario,seed,replication,month,employee,event,about,quantity,unit,value" ] ||
    fail "header: $(head -n 1 out)"
hires=$(grep -c ',hired,.*,vacancy,' out)
echo "$hires $run_hires" | awk '{ exit !($1 == $2) }' || fail "$hires hires, the run has $run_hires"

# What a person is paid in all is the sum of the rows.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" trace "$other" $short --employee kam-2
said_sum=$(awk '$2 == "together" { print $1 }' out)
# shellcheck disable=SC2086
expect 0 "$ANREIZ" trace "$other" $short --employee kam-2 --format csv
awk -F, -v said="$said_sum" '$8 == "pay" { sum += $10 }
    END { exit !(sum > 0 && sum - said < .01 && said - sum < .01) }' out ||
    fail "rows do not sum to $said_sum"

# shellcheck disable=SC2086
expect 0 "$ANREIZ" trace "$other" $short --above 1000000
printed 'less than 1.00 M a year'
if command -v python3 >/dev/null; then
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" trace "$other" $short --format json
    python3 -m json.tool <out >/dev/null || fail "no JSON"
fi

expect 2 "$ANREIZ" trace "$other" --employee kma-3
said 'did you mean kam-3?'
expect 2 "$ANREIZ" trace "$other" --employee kam-21
said 'there were kam-1 to kam-20'
expect 2 "$ANREIZ" trace "$other" --employee kam-2.99
said 'sat on this seat'
expect 2 "$ANREIZ" trace "$other" --employee somebody
said 'sales-1 to sales-30'
expect 2 "$ANREIZ" trace "$other" --replication 0
said '[-][-]replication 0'
printed_nothing
expect 2 "$ANREIZ" trace "$other" --out story
said 'writes no folder'
