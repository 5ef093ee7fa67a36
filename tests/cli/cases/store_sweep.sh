#!/bin/sh
# sweep --store: the same bytes whether points are found or simulated; a killed sweep goes on by its
# store; a point and a run of the same scenario are one.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
vary='--vary roles.kam.turnover.annual=0.1,0.3 --metrics profit,turnover.kam,attainment'
sweep() {
    # shellcheck disable=SC2086
    "$ANREIZ" sweep "$scenario" $small $vary "$@"
}
run() {
    # shellcheck disable=SC2086
    "$ANREIZ" run "$scenario" $small "$@"
}

expect 0 sweep --no-plots --out plain
mv out text
expect 0 sweep --no-plots --out stored --store campaign.sqlite
said 'campaign.sqlite: 0 of 3 runs were there'
cmp -s out text || fail "another text with --store"
same_bytes plain stored
expect 0 sweep --no-plots --out found --store campaign.sqlite --threads 1
said 'campaign.sqlite: 3 of 3 runs were there'
cmp -s out text || fail "another text of found points"
same_bytes plain found
expect 0 sweep --no-plots --out again --store campaign.sqlite --again
said ': 0 of 3 runs were there'
same_bytes plain again

# Against another scenario: its runs are new, the first scenario's are found.
expect 0 sweep --no-plots --out pair --against "$other"
mv out text
expect 0 sweep --no-plots --out pair-stored --against "$other" --store campaign.sqlite
said ': 2 of 4 runs were there'
cmp -s out text || fail "another text of found points against a scenario"
same_bytes pair pair-stored
expect 0 sweep --no-plots --out pair-found --against "$other" --store campaign.sqlite
said ': 4 of 4 runs were there'
same_bytes pair pair-found

# A point is a run: it is shown by run, as the run alone would be; what a sweep does not store is
# simulated, added, and then there.
expect 0 run --no-plots --out alone --set roles.kam.turnover.annual=0.3
mv out text
expect 0 run --set roles.kam.turnover.annual=0.3 --store campaign.sqlite
said 'is shown from there'
cmp -s out text || fail "another text of a point"
for round in simulated found; do
    expect 0 run --summary --metrics nps,npv --set roles.kam.turnover.annual=0.3 \
        --store campaign.sqlite
    mv out "row-$round"
done
said 'is shown from there'
cmp -s row-simulated row-found || fail "another row of a point"
# And a run is a point: also one that was not swept over the path is found with it.
expect 0 run --summary --metrics attainment --seed 2 --store campaign.sqlite
expect 0 sweep --no-plots --no-report --seed 2 --out second --store campaign.sqlite
said ': 1 of 3 runs were there'

# Killed at any moment, with what has been done in the store.
expect 0 sweep --no-plots --replications 16 --out whole
for moment in 0.03 0.08; do
    # shellcheck disable=SC2086
    "$ANREIZ" sweep "$scenario" $small $vary --replications 16 --no-plots --quiet --force \
        --out broken --store broken.sqlite --threads 1 >/dev/null 2>&1 </dev/null &
    pid=$!
    sleep "$moment"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
done
expect 0 sweep --no-plots --replications 16 --out finished --store broken.sqlite
same_bytes whole finished
# What a folder has, but not the store, is put into it.
expect 0 sweep --no-plots --out plain --resume --store late.sqlite
said 'late.sqlite: 0 of 3 runs were there'
expect 0 sweep --no-plots --out late --store late.sqlite
said 'late.sqlite: 3 of 3 runs were there'

if command -v python3 >/dev/null; then
    python3 - <<'END' || fail "the store does not hold the sweeps"
import sqlite3
store = sqlite3.connect("campaign.sqlite")
ask = lambda words: store.execute(words).fetchall()
assert ask("PRAGMA integrity_check") == [("ok",)]
# three points, two of the other scenario, and with another seed three
assert ask("SELECT count(*), count(DISTINCT hash) FROM runs") == [(8, 8)]
curve = ask("SELECT value, mean, others FROM curves WHERE path = 'roles.kam.turnover.annual' AND"
            " series = 'turnover.kam' AND name = 'short_term_bonus' AND seed = 1 ORDER BY value")
assert [point[0] for point in curve] == [0.1, 0.13, 0.3], curve
assert [point[1] for point in curve] == sorted(point[1] for point in curve)
assert all(point[2] == "simulation.years=2" for point in curve)
# every point against the others, history by history
assert ask("SELECT DISTINCT histories FROM paired_differences WHERE series = 'profit'") == [(12,)]
END
fi

# Questions that are wrong leave nothing.
echo 'not a database' >wrong.sqlite
expect 2 sweep --out nothing --store wrong.sqlite
said 'is not a store of anreiz'
absent nothing
expect 2 sweep --out nothing --again
said 'add --store FILE'
expect 2 sweep --out nothing --store campaign.sqlite --dry-run
said 'leave --store away'
absent nothing
