#!/bin/sh
# compare --store: what a comparison of the scenarios prints, without simulating; wrong questions
# are answered with what is wrong and what to do.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
store() {
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" run $small "$@" --summary --quiet --store campaign.sqlite
}
live() {
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" compare "$scenario" "$other" $small --no-plots --force --out live "$@"
    mv out "$format"
}
compare() {
    "$ANREIZ" compare --store campaign.sqlite "$@"
}
store "$scenario"
store "$other" --metrics attainment
first="name IN ('short_term_bonus', 'long_term_kam') AND seed = 1 AND swept = 'simulation.years=2'"

# The same bytes as text and as rows; in JSON the same numbers of what was kept.
for format in table csv; do
    if [ "$format" = table ]; then
        live --metric turnover.kam
        expect 0 compare --metric turnover.kam
    else
        live --format csv
        expect 0 compare --where "$first" --format csv
    fi
    cmp -s out "$format" || fail "another $format than compare prints"
done
said '(1) run 1: short_term_bonus, simulation.years=2 (baseline)'
absent results
format=json
live --format json
expect 0 compare --format json --quiet
if command -v python3 >/dev/null; then
    python3 - <<'END' || fail "another json than compare prints"
import json
live, stored = json.load(open("json")), json.load(open("out"))
assert live["decision"] == stored["decision"]
for one, other in zip(live["plans"], stored["plans"], strict=True):
    assert one["scenario"] == other["scenario"]
    assert ("differences" in one) == ("differences" in other)
    for kind in {"series", "differences"} & set(one):
        known = {series["name"]: series for series in one[kind]}
        assert len(other[kind]) > 10
        assert all(known[series["name"]] == series for series in other[kind])
END
fi

# A folder with what a store can tell; the rows are those of the comparison.
expect 0 compare --out told --no-plots
said 'a store has years, not months'
for file in report.html decision_pairs.csv summary.json decision.gp; do
    [ -s "told/$file" ] || fail "there is no $file"
done
cmp -s told/decision.csv live/decision.csv || fail "another decision.csv"
tail -n +2 told/comparison.csv >rows
[ -s rows ] || fail "comparison.csv is empty"
grep -v -x -F -f live/comparison.csv rows >strange && fail "other rows in comparison.csv"
absent told/replications.csv
expect 1 compare --out told
said 'force'

# What was swept chooses, as a number.
store "$scenario" --set roles.kam.headcount=9
store "$scenario" --set roles.kam.headcount=14
expect 0 compare --where 'roles.kam.headcount BETWEEN 8 AND 20' --format csv
printed '^scenario,seed,replications,roles.kam.headcount,simulation.years,'
[ "$(cut -d, -f4 out | paste -sd,)" = roles.kam.headcount,9,14 ] || fail "another choice"
said '(2) run 4: short_term_bonus, roles.kam.headcount=14'

# Runs of one name are told apart by that, also without what stderr says.
expect 0 compare --where 'id IN (1, 3, 4)' --quiet
printed '^run 4: short_term_bonus, roles.kam.headcount=14 simulation.years=2$'
printed '^short_term_bo.* (headcount=14) against the baseline short_term_bonus (run 1)$'
printed 'short_term_bonus (.*) is .*the best choice'
grep -q 'short_term_bonus ([0-9])' out && fail "a plan that nobody can tell"
expect 0 compare --where 'id IN (3, 4)' --quiet --format json --out marked --no-plots
printed '"run": 3, "swept": {"roles.kam.headcount": 9, "simulation.years": 2}'
printed '"leader": "short_term_bonus (headcount=[0-9]*)"'
[ "$(cut -d, -f2 marked/decision.csv | paste -sd,)" = \
    'plan,short_term_bonus (headcount=9),short_term_bonus (headcount=14)' ] || fail "decision.csv"
for seats in 8 9; do
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" run "$scenario" $small --set roles.kam.headcount=$seats \
        --set roles.sales.headcount=3$seats --summary --quiet --store other.sqlite
done
expect 0 "$ANREIZ" compare --store other.sqlite --quiet
printed '^short_term_bonus (run 2) against the baseline short_term_bonus (run 1)$'
expect 0 "$ANREIZ" compare --store other.sqlite --quiet --format csv
printed '^short_term_bonus (kam.headcount=9; sales.headcount=39),'
rm -r marked other.sqlite

# Wrong questions.
expect 2 compare --where "name = 'nobody'"
said "finds none of the 4 runs in campaign.sqlite"
expect 2 compare --where 'id = 2'
said 'finds only one of the 4 runs in campaign.sqlite, run 2 (long_term_kam)'
expect 2 compare --where 'roles.kam.heads = 9'
said 'no such column'
said 'roles.kam.headcount'
expect 2 compare --where '1; DROP TABLE runs'
said 'syntax error'
store "$scenario" --seed 2
expect 2 compare --where 'id IN (1, 5)'
said 'differ in seed: 1 in run 1; 2 in run 5'
said '\--where "(id IN (1, 5)) AND seed = 1"'
store "$scenario" --replications 8
expect 2 compare --where 'id IN (1, 6)'
said 'differ in replications: 12 in run 1; 8 in run 6'
store "$scenario" --set simulation.years=1
expect 2 compare --where 'id IN (1, 7)'
said 'differ in years: 2 in run 1; 1 in run 7'
expect 2 compare --where 'id < 3' --metric attainment
said '\--metric attainment: run 1 keeps the histories of .*--metrics attainment --again'
expect 2 compare --where 'id < 3' --metric atainment
said '\--metric, in run 1: atainment is not a metric (did you mean attainment?)'
expect 2 compare --where 'id < 3' --metric headcount
said 'neither more nor less of it is better'
expect 2 "$ANREIZ" compare --store missing.sqlite
said 'there is no such store'
absent missing.sqlite
: >empty.sqlite
expect 2 "$ANREIZ" compare --store empty.sqlite
said 'the store is empty'
expect 2 "$ANREIZ" compare --where 1
said 'add --store FILE'
expect 2 compare "$scenario"
said 'leave the scenario away'
expect 2 compare --seed 2
said '\--where chooses'
expect 2 "$ANREIZ" compare "$scenario"
said 'two scenarios or more'
if command -v python3 >/dev/null; then
    # Another program, and a scenario of its time.
    python3 -c "
import sqlite3
store = sqlite3.connect('campaign.sqlite')
store.execute(\"UPDATE runs SET revision = 'old' WHERE id = 3\")
store.execute(\"UPDATE runs SET revision = 'old', scenario = 'unheard = 1;' WHERE id = 4\")
store.commit()"
    expect 2 compare --where 'id IN (1, 3)'
    said 'differ in program'
    expect 2 compare --where 'id IN (3, 4)'
    said 'the scenario of run 4, stored by anreiz .* old, cannot be read: .*unheard'
    expect 1 env TMPDIR=/nowhere "$ANREIZ" compare --store campaign.sqlite --where 'id < 3'
    said 'set TMPDIR'
    python3 -c "
import sqlite3
store = sqlite3.connect('campaign.sqlite')
store.execute('UPDATE histories SET numbers = zeroblob(8) WHERE run = 2')
store.execute('PRAGMA user_version = 2')
store.commit()"
    expect 1 compare --where 'id < 3'
    said 'run 2 is not as it was stored'
    python3 -c "
import sqlite3
sqlite3.connect('campaign.sqlite').execute('PRAGMA user_version = 1')"
    expect 2 compare
    said 'is a store of version 1, this program knows version 2'
fi
