#!/bin/sh
# --precision stops as soon as the mean is known, and the manifest repeats it; --dry-run only tells.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
short='--set simulation.years=1 --set simulation.effort=none'

# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $short --precision turnover=0.012 --no-plots --out first --threads 1
printed 'turnover: ± .* as precise as asked for'
needed=$(($(wc -l <first/replications.csv) - 1))
[ "$needed" -ge 128 ] || fail "only $needed histories"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $short --precision turnover=0.012 --no-plots --out second --threads 5
same_bytes first second
expect 0 "$ANREIZ" run first --no-plots --out again
same_bytes first again
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $short --replications "$needed" --no-plots --out plain
same_bytes first plain
awk -F, '$1 == "turnover" && $2 == "all" && $4 == 1 { exit !(1.96 * $7 <= 0.012) }' first/annual.csv ||
    fail "the interval is wider than asked for"

# What cannot be reached ends at the limit and says so.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $short --precision revenue=0.001% --max-replications 150 --no-plots --out limit
printed 'NOT as precise as asked for: ± 0.001 %'
said 'stopped at --max-replications 150'
[ "$(wc -l <limit/replications.csv)" -eq 151 ] || fail "not 150 histories"

# Of a comparison it is the difference.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $short --precision profit=1% --no-plots --out both
printed 'profit, difference: ± .* as precise as asked for'

for command in "run $scenario" "compare $scenario $other"; do
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" $command $short --replications 1000 --out dry --dry-run
    printed '^1,000 histories'
    printed '^time: .*from a probe'
    absent dry
done
