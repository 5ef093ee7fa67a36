#!/bin/sh
# sweep: what is wrong is said before anything is simulated, all of it, with the point.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

wrong() {
    pattern=$1
    shift
    expect 2 "$ANREIZ" "$@" --out never
    said "$pattern"
    printed_nothing
    absent never
}

wrong 'what is to be varied' sweep "$scenario"
wrong 'write PATH=LOW:HIGH:NUMBER' sweep "$scenario" --vary roles.kam.headcount
wrong 'did you mean headcount' sweep "$scenario" --vary roles.kam.headcont=1:2:2
wrong 'this is no number; list the values' sweep "$scenario" --vary roles.kam.plan=1:2:2
wrong 'lower end first' sweep "$scenario" --vary roles.kam.headcount=9:2:2
wrong 'lower end first' sweep "$scenario" --vary roles.kam.headcount=2:9:x
wrong 'only 3 whole numbers' sweep "$scenario" --vary roles.kam.headcount=2:4:4
wrong 'both ends are whole' sweep "$scenario" --vary roles.kam.headcount=2.5:4:2
wrong 'a grid needs to know' sweep "$scenario" --vary roles.kam.headcount=2:4
wrong 'needs the number of points' sweep "$scenario" --vary roles.kam.headcount=2:4 --design latin
wrong 'is for a grid' sweep "$scenario" --vary roles.kam.headcount=2:4:3 --design sobol --points 4
wrong 'points is for' sweep "$scenario" --vary roles.kam.headcount=2:4:3 --points 4
wrong 'more than 100000 points' sweep "$scenario" --vary roles.kam.turnover.annual=0.1:0.2:1000 \
    --vary roles.sales.turnover.annual=0.1:0.2:1000
wrong 'there twice' sweep "$scenario" --vary roles.kam.headcount=2,2
wrong 'is there twice' sweep "$scenario" --vary roles.kam.headcount=2,3 --vary roles.kam.headcount=4,5
wrong 'share it' sweep "$scenario" --vary simulation.seed=1,2
wrong 'did you mean profit' sweep "$scenario" --vary roles.kam.headcount=2,3 --metrics profi
wrong 'from 1 to 2' sweep "$scenario" --vary roles.kam.headcount=2,3 --baseline 3
wrong 'do not go together' sweep "$scenario" --vary roles.kam.headcount=2,3 --against "$other" --baseline 1
wrong 'points.csv: No such file' sweep "$scenario" --design points.csv
wrong 'go together' run "$scenario" --design points.csv

# Two points of four are impossible, each for its reason.
wrong 'point 1 (roles.kam.headcount=-1, roles.kam.plan=kam_lti): --set roles.kam.headcount' \
    sweep "$scenario" --vary roles.kam.headcount=-1,12 --vary roles.kam.plan=kam_lti,kam_lit
said 'point 4 (roles.kam.headcount=12, roles.kam.plan=kam_lit): .*did you mean kam_lti'
[ "$(grep -c 'point 3' err)" -eq 0 ] || fail "the good point is blamed"

printf 'roles.kam.headcount,roles.kam.plan\n12,\n13\n' >points.csv
wrong 'points.csv:3: 1 fields' sweep "$scenario" --design points.csv
printf 'roles.kam.headcount,roles.kam.plan\n12,\n' >points.csv
wrong 'points.csv:2: roles.kam.plan: the value is missing' sweep "$scenario" --design points.csv
printf 'roles.kam.headcont\n12\n' >points.csv
wrong 'did you mean headcount' sweep "$scenario" --design points.csv
printf 'roles.kam.headcount\n12\n' >points.csv
wrong 'rows 1 to 1' run "$scenario" --design points.csv --row 2
wrong 'leave --vary away' sweep "$scenario" --design points.csv --vary roles.kam.headcount=2,3

# Precision.
wrong 'write METRIC=WIDTH' run "$scenario" --precision revenue
wrong 'write METRIC=WIDTH' run "$scenario" --precision revenue=0
wrong 'write METRIC=WIDTH' run "$scenario" --precision 'revenue=-1%'
wrong 'precision: revenu is not a metric' run "$scenario" --precision revenue=1% --precision revenu=2%
wrong 'is for --precision' run "$scenario" --max-replications 10
wrong 'write --max-replications' run "$scenario" --precision revenue=1% --replications 10
wrong 'leave one of them away' run "$scenario" --precision revenue=1% --replication 3
wrong 'write --max-replications' compare "$scenario" "$other" --precision revenue=1% --replications 10
