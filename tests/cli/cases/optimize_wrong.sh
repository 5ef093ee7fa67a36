#!/bin/sh
# optimize: what is wrong is said before anything is simulated.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

wrong() {
    pattern=$1
    shift
    expect 2 "$ANREIZ" optimize "$@" --out never
    said "$pattern"
    printed_nothing
    absent never
}

vary='--vary roles.kam.headcount=8:20'
wrong 'what may be changed' "$scenario" --maximize npv
# shellcheck disable=SC2086
{
    wrong 'what is to be the best' "$scenario" $vary
    wrong 'maximize: proft is not a metric (did you mean profit' "$scenario" $vary --maximize proft
    wrong 'minimize: turnover.kan' "$scenario" $vary --minimize turnover.kan
    wrong 'subject-to: paycost is not a metric (did you mean pay_cost' "$scenario" $vary \
        --maximize npv --subject-to 'paycost<=1'
    wrong 'the statistic is mean' "$scenario" $vary --maximize npv.p99
    wrong 'at most two goals' "$scenario" $vary --maximize npv --minimize turnover --minimize pay_cost
    wrong 'asked for twice' "$scenario" $vary --maximize npv --minimize npv
    wrong 'write METRIC<=NUMBER' "$scenario" $vary --maximize npv --subject-to turnover
    wrong 'write METRIC<=NUMBER' "$scenario" $vary --maximize npv --subject-to 'turnover=0.1'
    wrong 'write METRIC<=NUMBER' "$scenario" $vary --maximize npv --subject-to 'turnover<=low'
    wrong 'write METRIC or METRIC.STATISTIC' "$scenario" $vary --maximize npv --subject-to '<=3'
    wrong 'probability from 0.5' "$scenario" $vary --maximize npv --confidence 95
    wrong 'confidence 0.95 needs at least two histories' "$scenario" $vary --maximize npv \
        --subject-to 'pay_cost<=1000' --confidence .95 --replications 1
    wrong 'final-replications 1: ' "$scenario" $vary --maximize npv --final-replications 1
    wrong 'begins with 9 points' "$scenario" --vary roles.kam.market_pay=60e3:90e3 --maximize npv \
        --max-evaluations 3
    many=1,2,3,4,5,6,7,8,9,10,11,12
    wrong 'would take 248832 points' "$scenario" --vary roles.kam.headcount=$many --vary roles.sales.headcount=$many \
        --vary roles.development.headcount=$many --vary segments.key.accounts=$many \
        --vary segments.standard.accounts=$many --maximize npv
    wrong 'only 13 whole numbers' "$scenario" --vary roles.kam.headcount=8:20:40 --maximize npv
    wrong 'share it' "$scenario" --vary simulation.seed=1:5 --maximize npv
    wrong 'the range is too long' "$scenario" --vary segments.key.prospects=0:2000000000 --maximize npv
    wrong 'did you mean --maximize' "$scenario" $vary --maximise npv
}

# Points that are no scenario are left out and told; where all are, that is the answer.
expect 2 "$ANREIZ" optimize "$scenario" --vary roles.kam.plan=kam_lit,kam_lto --maximize npv --out none
said 'no point of these ranges is a scenario that can be run: .*did you mean kam_lti'
absent none
expect 0 "$ANREIZ" optimize "$scenario" --vary roles.kam.plan=kam_lit,kam_lti --maximize npv \
    --subject-to 'turnover<=0.0001' --subject-to 'profit>=1e15' --set simulation.years=1 \
    --set simulation.effort=none --replications 2 --final-replications 2 --no-plots --out some
printed '1 further point was no scenario, such as: .*kam_lit'
printed 'NO POINT KEEPS ALL BOUNDS'
printed 'NOT kept'
grep -q '^# It BREAKS turnover at most .* (it is .*); profit at least' some/optimum.cfg ||
    fail "optimum.cfg does not say what it breaks"
awk -F, 'NR == 1 { exit $NF != "keeps_bounds" } ' some/candidates.csv || fail "no column keeps_bounds"
awk -F, 'NR > 1 && $NF != 0 { exit 1 }' some/candidates.csv || fail "a candidate keeps the bounds"

# So does a program learn it, also with --quiet; one bound of two is broken.
expect 0 "$ANREIZ" optimize "$scenario" --vary roles.kam.headcount=8,9 --maximize npv \
    --subject-to 'turnover<=0.0001' --subject-to 'profit>=-1e15' --set simulation.years=1 \
    --set simulation.effort=none --replications 2 --final-replications 2 --no-plots --out quiet \
    --format json --quiet
printed '^  "keeps_bounds": false,$'
printed '"chosen": true, "keeps_bounds": false'
said 'optimum.cfg: no answer to what was asked, it breaks turnover at most .* (it is'
grep -q 'profit' err && fail "it breaks a bound that is kept"
expect 0 "$ANREIZ" optimize "$scenario" --vary roles.kam.headcount=8,9 --maximize npv \
    --subject-to 'profit>=-1e15' --set simulation.years=1 --set simulation.effort=none \
    --replications 2 --final-replications 2 --no-plots --out kept --format json --quiet
printed '^  "keeps_bounds": true,$'
[ ! -s err ] || fail "--quiet talks"
grep -q BREAKS kept/optimum.cfg && fail "it breaks nothing"

# An existing folder is left alone.
expect 1 "$ANREIZ" optimize "$scenario" --vary roles.kam.plan=kam_lti --maximize npv --out some
said 'exists already'
