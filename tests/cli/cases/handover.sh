#!/bin/sh
# Handovers from outside: outcomes with a name, measures that help, mistakes that say what to do.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

handover=$root/scenarios/handover.cfg
metrics=handovers,handover_loss,handover_delay,collaboration_cost
expect 0 "$ANREIZ" run "$handover" --replications 10 --summary --metrics "$metrics"
printed '^scenario,seed,replications,handovers,.*,handover_loss,.*,handover_delay,.*,collaboration_cost,'
lost=$(tail -n 1 out | cut -d, -f6)
delay=$(tail -n 1 out | cut -d, -f8)
expect 0 "$ANREIZ" run "$root/scenarios/handover_shared.cfg" --replications 10 --summary \
    --metrics "$metrics"
awk -v before="$lost" -v delay="$delay" -F, \
    'END { exit !($4 > 0 && $6 > 0 && $6 < before && delay > 0 && $8 == 0 && $10 > 0) }' out ||
    fail "working together does not help: $(cat out)"

# What key account managers keep, against sales; credit of former owners is apart from what is owned.
expect 0 "$ANREIZ" run "$root/scenarios/handover_shared.cfg" --replications 4 --summary --no-header \
    --metrics net_retention.kam,net_retention.sales,expansion_revenue.sales,credited_expansion.sales,shared_credit.sales
awk -F, 'END { exit !($4 > $6 && $6 > 0 && $10 > $8 && $12 > 0) }' out || fail "by role: $(cat out)"

expect 0 "$ANREIZ" trace "$handover"
printed 'hands a customer of .* a year over to kam-'
expect 0 "$ANREIZ" trace "$handover" --format csv
printed ',handed_over,kam-.*,held_back,months,'

expect 2 "$ANREIZ" run "$handover" --summary \
    --set 'segments.standard.coverage.rules=({role="kan";})'
said 'did you mean kam?'
