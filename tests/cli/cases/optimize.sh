#!/bin/sh
# optimize: the same bytes for any threads; what it compares is a comparison; its best scenario is one
# that can be run; JSON for programs; the front between two goals; Ctrl-C keeps the best so far.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
cat >small.cfg <<END
extends = [ "$scenario" ];
simulation = { years = 1; effort = "none"; replications = 8; };
roles = { sales = { headcount = 9; }; development = { headcount = 3; }; kam = { headcount = 5; }; };
segments = {
  standard = { accounts = 160; prospects = 4000; };
  key = { accounts = 40; prospects = 120; };
};
END

for threads in 1 7; do
    expect 0 "$ANREIZ" optimize small.cfg --vary roles.sales.headcount=0:40 \
        --vary roles.kam.turnover.annual=0.1:0.3 --maximize profit --subject-to 'pay_cost<=1.2e6' \
        --max-evaluations 24 --set roles.kam.headcount=4 --no-plots --threads $threads --out best-$threads
    cp out text-$threads
done
same_bytes best-1 best-7
cmp -s text-1 text-7 || fail "the printed results differ"
for file in optimize.csv candidates.csv manifest.cfg optimum.cfg optimize.gp optimize.dat run.log; do
    [ -s best-1/$file ] || fail "no $file"
done
no_temporaries .
said 'optimum.cfg, optimize.csv, candidates.csv'
printed '^With roles.sales.headcount='
printed 'On its own histories the search saw'
printed '^pay_cost at most 1.20 M: kept'
printed 'the search ended at --max-evaluations'

# The best keeps its bound in the search, and no other point that does has more profit.
awk -F, 'NR > 1 && $5 == 1 && $6 > best { best = $6 } END { print best }' best-1/optimize.csv >highest
awk -F, '$1 == 1 && $5 == "profit" { print $9; exit }' best-1/candidates.csv >promised
cmp -s highest promised || fail "the best of the search is $(cat highest), promised $(cat promised)"
grep -q ',pay_cost,at_most,currency,1200000,' best-1/candidates.csv || fail "no row of the bound"

# The best scenario is a scenario, and the comparison is the one that compare makes.
expect 0 "$ANREIZ" check best-1/optimum.cfg
grep -q 'extends = \[ "../small.cfg" \]' best-1/optimum.cfg || fail "it does not extend the scenario"
seed=$(sed -n 's/^ *final_seed = \([0-9]*\)L;/\1/p' best-1/manifest.cfg)
expect 0 "$ANREIZ" compare small.cfg best-1/optimum.cfg --set roles.kam.headcount=4 --seed "$seed" \
    --replications 32 --no-plots --out pair
paired=$(awk -F, '$1 == "profit" && $4 == "horizon" { print $10 "," $11 }' pair/comparison.csv)
told=$(awk -F, '$4 == 1 && $5 == "profit" { print $13 "," $14 }' best-1/candidates.csv)
[ -n "$told" ] || fail "no candidate was chosen"
[ "$paired" = "$told" ] || fail "compare: $paired, optimize: $told"

# Two goals: a front on which no point is worse in both; one scenario a point; JSON.
expect 0 "$ANREIZ" optimize small.cfg --vary roles.sales.headcount=2:12:6 \
    --vary roles.sales.plan=sales_quarterly_bonus,development_bonus --maximize profit \
    --minimize pay_cost.p90 --no-plots --out front --format json
if command -v python3 >/dev/null; then
    python3 -m json.tool out >/dev/null || fail "JSON that cannot be read"
fi
printed '"complete": true'
printed '"target": "pay_cost.p90", "kind": "minimize", "unit": "currency", "bound": null'
[ "$(wc -l <front/optimize.csv)" -eq 13 ] || fail "not twelve points"
awk -F, 'NR > 1 && $10 == 1 && $4 <= last { exit 1 } $10 == 1 { last = $4 }' front/pareto.csv ||
    fail "on the front a higher pay cost comes with less profit"
[ "$(awk -F, '$NF == 1' front/pareto.csv | wc -l)" -ge 2 ] || fail "no front"
expect 0 "$ANREIZ" check front/optimum-1.cfg
[ -s front/pareto.gp ] || fail "no script of the picture"

# In the picture a point is either of the front, on fresh histories, or another one of the search.
others=$(awk '/^# 1:/ { exit } !/^#/ && NF > 1 && $1 != "?"' front/pareto.dat | wc -l)
compared=$(($(wc -l <front/pareto.csv) - 1))
[ $((others + compared)) -eq 12 ] || fail "$others and $compared points, there were 12"

# What breaks a bound, such as the scenario as it stands, pushes nothing off the front.
expect 0 "$ANREIZ" optimize small.cfg --vary roles.sales.headcount=4,6 --maximize profit \
    --minimize turnover.kam --subject-to 'pay_cost<=1.3e6' --no-plots --out bounded
printed '^pay_cost at most 1.30 M: kept at all of them, with a probability of at least '
printed '^the scenario as it stands does NOT keep it'
awk -F, 'NR == 2 && $2 == 6 && $NF == 1 { found = 1 } END { exit !found }' bounded/pareto.csv ||
    fail "pushed off the front by what breaks the bound"

# An element of a list can only be replaced with its list: then all parameters are written.
expect 0 "$ANREIZ" optimize small.cfg --vary 'plans.kam_lti.components.[0].target=1e4:2e4:2' \
    --vary roles.kam.plan=kam_lti --minimize pay_cost --no-plots --out lists --format csv --quiet
cmp -s out lists/candidates.csv || fail "--format csv is not candidates.csv"
[ ! -s err ] || fail "--quiet talks"
grep -q extends lists/optimum.cfg && fail "it extends"
expect 0 "$ANREIZ" check lists/optimum.cfg

# A table that is named by its path from here is in the scenario that stands elsewhere.
cp "$root"/scenarios/data/kam_people.csv "$root"/scenarios/data/kam_accounts.csv .
expect 0 "$ANREIZ" optimize "$root/scenarios/our_five_kam.cfg" --set start.people=kam_people.csv \
    --set start.accounts=kam_accounts.csv --set simulation.years=1 --set simulation.effort=none \
    --replications 2 --vary firm.wacc=0.08,0.1 --maximize npv --no-plots --out tables
expect 0 "$ANREIZ" check tables/optimum.cfg
printed '5 people, 40 accounts'
expect 0 "$ANREIZ" optimize "$root/scenarios/our_five_kam.cfg" \
    --set "start.people=$folder/kam_people.csv" --set simulation.years=1 --set simulation.effort=none \
    --replications 2 --vary firm.wacc=0.08,0.1 --maximize npv --no-plots --out absolute
expect 0 "$ANREIZ" check absolute/optimum.cfg
grep -q '^extends' absolute/optimum.cfg || fail "an absolute path needs no copy of everything"

# A dry run writes nothing.
expect 0 "$ANREIZ" optimize small.cfg --vary roles.sales.headcount=0:40 --maximize profit --dry-run --out dry
printed '^time: '
printed '^Wanted: profit, to be large'
absent dry

# The search is kept when its comparison, which would take very long, is interrupted.
"$ANREIZ" optimize small.cfg --vary roles.sales.headcount=3,9 --maximize profit \
    --final-replications 2000000 --out late >out 2>err &
running=$!
for _ in $(seq 600); do
    if [ -s late/optimum.cfg ] || ! kill -0 $running 2>/dev/null; then
        break
    fi
    sleep 0.1
done
kill -INT $running
code=0
wait $running || code=$?
[ "$code" -eq 130 ] || fail "exit code $code after Ctrl-C"
said 'interrupted after 2 points; the best so far is kept'
printed '^Best so far: roles.sales.headcount='
grep -q 'interrupted = true; points_done = 2' late/manifest.cfg || fail "the manifest is not marked"
expect 0 "$ANREIZ" check late/optimum.cfg
