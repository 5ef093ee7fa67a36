#!/bin/sh
# sweep: grids, words, Sobol points, comparisons; the same bytes for any threads, and what a run of
# a point gives.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
short='--set simulation.years=1 --replications 9'

for threads in 1 7; do
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" sweep "$scenario" --vary roles.kam.headcount=10:14:2 \
        --vary roles.sales.turnover.annual=0.2,0.3,0.4 $short --threads $threads --out grid-$threads
    cp out text-$threads
done
same_bytes grid-1 grid-7
cmp -s text-1 text-7 || fail "the printed results differ"
for file in sweep.csv design.csv manifest.cfg run.log sweep_map.gp sweep_map_difference.dat; do
    [ -s grid-1/$file ] || fail "no $file"
done
[ "$(wc -l <grid-1/design.csv)" -eq 7 ] || fail "not six points"
[ "$(sed -n 3p grid-1/design.csv)" = '2,10,0.3' ] || fail "the last axis is not the fastest"
no_temporaries .

# In a map the numbers of those cells have a white box whose sign is not that of all around them.
grep -q '==1?.*:NaN):2:9 with labels boxed' grid-1/sweep_map_difference.gp || fail "no box"
tr -d '"' <grid-1/sweep_map_difference.dat | awk '
    /^# [0-9]/ { block++ }
    /^[0-9]/ { x[++n] = $4; y[n] = $6; right[n] = $5; above[n] = $7; mean[n] = $3; box[n] = $NF
        of[n] = block }
    END { for (i = 1; i <= n; i++) {
            crossed = 0
            for (j = 1; j <= n; j++)
                crossed += of[i] == of[j] && x[j] <= right[i] && right[j] >= x[i] &&
                    y[j] <= above[i] && above[j] >= y[i] && mean[i] * mean[j] <= 0
            wrong += box[i] != (crossed > 0)
            boxes += box[i] }
        exit wrong > 0 || boxes == 0 || boxes == n }' || fail "boxes in the wrong cells"

# A point is what a run of it gives; so is the scenario as it stands.
for point in 0 5; do
    sets=
    [ "$point" -eq 0 ] || sets='--set roles.kam.headcount=14 --set roles.sales.turnover.annual=0.3'
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" run "$scenario" $sets $short --summary --no-header --metrics profit
    alone=$(awk -F, '{ print $(NF - 1) "," $NF }' out)
    swept=$(awk -F, -v point=$point '$1 == point && $5 == "profit" { print $9 "," $10 }' grid-1/sweep.csv)
    [ "$alone" = "$swept" ] || fail "point $point: $swept, alone $alone"
done

# One row of the design as a run.
expect 0 "$ANREIZ" run "$scenario" --design grid-1/design.csv --row 5 --set simulation.years=1 \
    --replications 9 --summary --metrics profit
printed '^scenario,seed,replications,simulation.years,roles.kam.headcount,roles.sales.turnover.annual,profit'
[ "$(tail -n 1 out | awk -F, '{ print $(NF - 1) "," $NF }')" = "$swept" ] || fail "--row is another point"

# The difference between two plans is that of a comparison.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sweep "$scenario" --against "$other" --vary roles.kam.turnover.annual=0.1:0.3:3 \
    $short --metrics profit,turnover.kam --no-plots --out against
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" --set roles.kam.turnover.annual=0.2 $short --no-plots --out pair
paired=$(awk -F, '$1 == "profit" && $4 == "horizon" { print $10 "," $11 }' pair/comparison.csv)
mapped=$(awk -F, '$1 == 2 && $3 == "long_term_kam" && $4 == "profit" { print $17 "," $18 }' against/sweep.csv)
[ "$paired" = "$mapped" ] || fail "against: $mapped, compare: $paired"
[ -s against/manifest-2.cfg ] || fail "no manifest of the second scenario"

# Words, Sobol points, a file; rows for programs.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sweep "$scenario" --vary roles.kam.plan=kam_lti,kam_mixed $short --metrics profit \
    --no-plots --out words --baseline 2
awk -F, '$1 == 2 && $17 != "" { exit 1 }' words/sweep.csv || fail "the baseline has a difference"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sweep "$scenario" --design sobol --points 4 --vary roles.kam.headcount=10:14 \
    --vary roles.kam.plan=kam_lti,kam_mixed --vary 'segments.key.pipeline.stages.[0].conversion=0.2:0.4' \
    $short --metrics profit --baseline none --no-plots --out sobol --format csv --quiet
grep -q "set label 3 'currency'" sobol/sweep_scatter.gp || fail "a scatter without a unit"
cmp -s out sobol/sweep.csv || fail "--format csv is not sweep.csv"
[ ! -s err ] || fail "--quiet talks"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sweep "$scenario" --design sobol/design.csv $short --metrics profit \
    --baseline none --no-plots --out file --format json
cmp -s file/sweep.csv sobol/sweep.csv || fail "the points of a file give other numbers"
[ "$(head -c 1 out)" = '{' ] || fail "not JSON"
if command -v python3 >/dev/null; then
    python3 -m json.tool out >/dev/null || fail "JSON that cannot be read"
fi
cp out file.json

if command -v python3 >/dev/null; then
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" sweep "$scenario" --against "$other" --vary roles.kam.headcount=9,10 $short \
        --metrics profit --no-plots --out keys --format json --quiet
    python3 - <<'END' || fail "other keys than docs/sweep.md has"
import json
sweep, alone = json.load(open("out")), json.load(open("file.json"))
assert list(sweep) == ["scenario", "compared_with", "seed", "replications", "interrupted", "rows"]
assert (sweep["scenario"], sweep["compared_with"]) == ("long_term_kam", "short_term_bonus")
assert (alone["scenario"], alone["compared_with"]) == ("short_term_bonus", None)
assert sweep["replications"] == 9 and not sweep["interrupted"] and len(sweep["rows"]) == 4
assert sweep["rows"][0]["values"] == {"roles.kam.headcount": 9}
END
fi

# Columns of the text that can be told apart, what it has no column for, what has no effect.
short='--set simulation.years=1 --set simulation.effort=none --replications 2 --metrics profit --no-plots'
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sweep "$scenario" --vary 'plans.sales_quarterly_bonus.components.[0].rate=0.02,0.04' \
    --vary 'plans.kam_quarterly_bonus.components.[0].rate=0.02,0.06' $short --out columns
printed '^point  sales_quart…s.\[0\].rate  kam_quarter…s.\[0\].rate  '
printed '^No effect at all on these metrics: plans.kam_quarterly_bonus.components.\[0\].rate$'
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sweep "$scenario" --design latin --points 2 --vary roles.kam.headcount=9:12 \
    --vary roles.sales.headcount=9:12 --vary firm.wacc=0.05:0.1 --vary segments.key.accounts=90:100 \
    --vary segments.key.prospects=90:100 --vary handover.loss=0.1:0.2 $short --out columns --force
printed '^Varied too, in sweep.csv: segments.key.prospects, handover.loss$'
printed '^point  kam.headcount  …les.headcount  '
grep -q 'No effect' out && fail "points of which none differs in one parameter alone"

# A dry run writes nothing.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sweep "$scenario" --vary roles.kam.headcount=10:14:2 $short --out dry --dry-run
printed '^time: '
printed 'dry, would be new'
absent dry
