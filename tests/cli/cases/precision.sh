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
grep -q '^precision: revenue, half width .*, asked for .*, NOT reached$' limit/run.log || fail "run.log"

# Programs learn it, too: on stderr also with --quiet, and in JSON.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $short --precision revenue=0.001% --max-replications 130 --summary --quiet
said 'stopped at --max-replications 130: revenue is not as precise as asked for'
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $short --precision revenue=0.001% --precision turnover=0.5 --max-replications 130 \
    --format json --quiet --no-plots --out limit --force
printed '"metric": "revenue", "asked": 1e-05, "relative": true, "half_width_asked": [0-9.]*, "half_width": [0-9.]*, "reached": false}'
printed '"metric": "turnover", "asked": 0.5, "relative": false, "half_width_asked": 0.5, "half_width": 0.0[0-9]*, "reached": true}'
grep -q '"precision"' limit/summary.json && fail "another summary.json than the manifest gives"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $short --precision profit=0.001% --max-replications 130 \
    --format json --quiet --no-plots --out limits
printed '"metric": "profit".*"reached": false'
said 'profit is not as precise as asked for'

# --resume finds it finished, and takes nothing that another width has left.
# shellcheck disable=SC2086
{
    expect 0 "$ANREIZ" run "$scenario" $short --precision turnover=1.2e-2 --no-plots --out first --resume
    said 'finished, nothing is left to do'
    expect 2 "$ANREIZ" run "$scenario" $short --precision turnover=0.02 --no-plots --out first --resume
    said 'holds another run'
    expect 2 "$ANREIZ" run "$scenario" $short --no-plots --out first --resume
    said 'holds another run'
    expect 2 "$ANREIZ" run "$scenario" $short --precision turnover=0.012 --max-replications 128 --no-plots --out first --resume
    said 'holds another run'
    # What was not reached may be with more histories.
    limit='--precision revenue=0.001% --precision turnover=0.5'
    expect 0 "$ANREIZ" run "$scenario" $short $limit --max-replications 130 --no-plots --out limit --resume
    said 'finished, nothing is left to do'
    expect 2 "$ANREIZ" run "$scenario" $short $limit --max-replications 140 --no-plots --out limit --resume
    said 'holds another run'
    # Never so precise: it is interrupted when there is a state.
    "$ANREIZ" run "$scenario" $short --precision turnover=1e-9 --checkpoint 0 --no-plots --out left >out 2>err &
}
running=$!
for _ in $(seq 600); do
    [ -s left/run.state ] && break
    sleep 0.1
done
kill -INT $running
code=0
wait $running || code=$?
[ "$code" -eq 130 ] || fail "exit code $code after the interrupt"
# shellcheck disable=SC2086
for asked in '--precision turnover=0.012' '--replications 100000'; do
    expect 2 "$ANREIZ" run "$scenario" $short $asked --no-plots --out left --resume
    said 'begun with --precision turnover=1e-09, asked for is'
done

# Of a comparison it is the difference.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $short --precision profit=1% --no-plots --out both
printed 'profit, difference: ± .* as precise as asked for'

# A dry run tells how many it will be, from the variance of a probe; the bounds are wide.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $short --precision turnover=0.012 --out dry --dry-run --threads 2
about=$(sed -n 's/^about \([0-9,]*\) histories of 1 year$/\1/p' out | tr -d ,)
if [ $((about * 2)) -le "$needed" ] || [ "$about" -ge $((needed * 2)) ]; then
    fail "about $about, it was $needed"
fi
printed 'by the variance of the probe; at most 100,000 histories'
absent dry
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $short --precision profit=0.001% --max-replications 1000 --dry-run
printed '^1,000 histories of 1 year of 2 plans'
printed '^NOT as precise as asked for: that would take about [0-9]*,.* histories'

for command in "run $scenario" "compare $scenario $other"; do
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" $command $short --replications 1000 --out dry --dry-run
    printed '^1,000 histories'
    printed '^time: .*from a probe'
    absent dry
done
