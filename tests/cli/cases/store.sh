#!/bin/sh
# --store: a repeated run is shown and not simulated, twenty writers at once lose nothing, a killed
# one leaves a store that works, and what is no store is refused.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
run() {
    # shellcheck disable=SC2086
    "$ANREIZ" run "$scenario" $small "$@"
}

# The same bytes from the store, as text and as a row, and no folder.
expect 0 run --no-plots --out first
mv out text
expect 0 run --summary
mv out row
expect 0 run --no-plots --out second --store campaign.sqlite
cmp -s out text || fail "another text with --store"
expect 0 run --out third --store campaign.sqlite
said 'run 1 of .* is the same and is shown from there'
cmp -s out text || fail "the stored text differs"
absent third
expect 0 run --summary --store campaign.sqlite
said 'is shown from there'
cmp -s out row || fail "the stored row differs"
expect 0 run --summary --store campaign.sqlite --metrics npv,revenue.key
mv out stored
expect 0 run --summary --metrics npv,revenue.key
cmp -s out stored || fail "the stored row of other metrics differs"

# Another seed is another run; --again simulates.
expect 0 run --summary --store campaign.sqlite --seed 2
grep -q 'shown from there' err && fail "another seed was taken for the same"
expect 0 run --no-plots --out fourth --store campaign.sqlite --again
[ -s fourth/annual.csv ] || fail "--again did not simulate"
expect 0 run --no-plots --out fifth --store campaign.sqlite
said 'is shown from there'

# Twenty processes at once make one store, whoever comes first; every run is found afterwards.
for round in 1 2 3; do
    rm -f together.sqlite*
    for n in $(seq 1 20); do
        # shellcheck disable=SC2086
        "$ANREIZ" run "$scenario" $small --seed "$n" --threads 1 --summary --quiet \
            --store together.sqlite >"row-$n" 2>"err-$n" </dev/null || echo "$n" >>broken &
    done
    wait
    [ ! -e broken ] || fail "writers failed in round $round: $(cat broken) $(cat err-*)"
done
for n in $(seq 1 20); do
    expect 0 run --seed "$n" --summary --store together.sqlite
    said 'is shown from there'
    cmp -s out "row-$n" || fail "run $n is not what was stored"
done

# Writers that are killed at any moment.
for n in $(seq 21 32); do
    # shellcheck disable=SC2086
    "$ANREIZ" run "$scenario" $small --seed "$n" --threads 1 --summary --quiet \
        --store together.sqlite >/dev/null 2>&1 </dev/null &
    pid=$!
    sleep "0.0$((n % 10))"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
done
for n in $(seq 1 32); do
    expect 0 run --seed "$n" --summary --store together.sqlite
    [ "$n" -gt 20 ] || cmp -s out "row-$n" || fail "run $n was lost"
done
if command -v python3 >/dev/null; then
    python3 - <<'END' || fail "the store is not whole"
import sqlite3
store = sqlite3.connect("together.sqlite")
ask = lambda words: store.execute(words).fetchall()
assert ask("PRAGMA integrity_check") == [("ok",)]
assert ask("SELECT count(*), count(DISTINCT hash) FROM runs") == [(32, 32)]
assert ask("SELECT min(n), max(n) FROM (SELECT count(*) AS n FROM replications GROUP BY run, series)") == [(12, 12)]
assert ask("SELECT min(n) = max(n) FROM (SELECT count(*) AS n FROM replications GROUP BY run)") == [(1,)]
assert ask("SELECT DISTINCT length(numbers) FROM histories") == [(8 * 3 * 12,)]
assert ask("SELECT min(n) = max(n) FROM (SELECT count(*) AS n FROM results GROUP BY run)") == [(1,)]
END
fi

# What is no store, and what does not go together.
echo 'not a database' >wrong.sqlite
expect 2 run --summary --store wrong.sqlite
said 'is not a store of anreiz'
[ "$(cat wrong.sqlite)" = 'not a database' ] || fail "it was changed"
expect 1 run --summary --store missing/campaign.sqlite
said 'cannot be opened'
absent missing
expect 2 run --summary --again
said 'add --store FILE'
expect 2 run --store campaign.sqlite --shard 1/2

# JSON of a found run is that of the simulated one; a run of which a sweep stored less is simulated.
expect 0 run --seed 7 --store json.sqlite --format json --no-plots --out json --quiet
cp out simulated
expect 0 run --seed 7 --store json.sqlite --format json
said 'is shown from there'
cmp -s out simulated || fail "another JSON than that of the simulation"
cmp -s out json/summary.json || fail "another JSON than summary.json"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sweep "$scenario" --vary roles.kam.headcount=9 $small --no-plots --out swept --store json.sqlite
for time in simulates finds; do
    expect 0 run --set roles.kam.headcount=9 --store json.sqlite --format json --no-plots --out $time
    cp out $time.json
done
said 'is shown from there'
absent finds
cmp -s simulates.json finds.json || fail "another JSON than that of the simulation"
cmp -s simulates.json simulates/summary.json || fail "a point of a sweep gives another JSON"
rm -r simulates json swept json.sqlite*
if [ "$(id -u)" -ne 0 ]; then
    chmod a-w campaign.sqlite
    expect 1 run --summary --seed 99 --store campaign.sqlite
    said 'may not be written'
fi

rm -f campaign.sqlite*
ln -s "$root/scenarios" "$root/configs" .
mkdir build
ln -s "$ANREIZ" build/anreiz
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$root/docs/store.md" >commands
[ "$(grep -c anreiz commands)" -ge 2 ] || fail "the commands were not found"
expect 0 sh -eu commands
said 'is shown from there'
