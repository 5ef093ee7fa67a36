#!/bin/sh
# Ctrl-C keeps what is finished, valid and marked; a second one ends at once.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

# begin OUT: a run that would take very long; returns when histories are finished.
begin() {
    "$ANREIZ" run "$scenario" --set simulation.years=2 --replications 50000000 --out "$1" \
        >out 2>err &
    running=$!
    for _ in $(seq 300); do
        if [ -s "$1/replications.csv.tmp" ]; then
            return
        fi
        sleep 0.1
    done
    kill -KILL $running
    fail "no history was finished in 30 seconds"
}

for name in INT TERM; do
    begin "by-$name"
    kill -$name $running
    code=0
    wait $running || code=$?
    [ "$code" -eq 130 ] || fail "exit code $code after $name"
    said 'interrupted after'
    no_temporaries "by-$name"
    grep -q 'interrupted = true' "by-$name/manifest.cfg" || fail "the manifest is not marked"
    done_rows=$(sed -n 's/^ *replications_done = \([0-9]*\)L*;.*/\1/p' "by-$name/manifest.cfg")
    rows=$(($(wc -l <"by-$name/replications.csv") - 1))
    [ "$rows" -gt 0 ] || fail "no row was kept"
    [ "$rows" -eq "$done_rows" ] || fail "$rows rows, but the manifest tells $done_rows"
done

# What was kept is what a run of just these histories gives.
expect 0 "$ANREIZ" run "$scenario" --set simulation.years=2 --replications "$rows" --out whole --no-plots
for file in monthly.csv annual.csv replications.csv; do
    cmp -s "by-TERM/$file" "whole/$file" || fail "$file differs from a run of $rows replications"
done

# The row of --summary too.
"$ANREIZ" run "$scenario" --set simulation.years=2 --replications 50000000 --summary >row 2>err &
running=$!
sleep 1
kill -INT $running
code=0
wait $running || code=$?
[ "$code" -eq 130 ] || fail "exit code $code of --summary"
[ "$(wc -l <row)" -eq 2 ] || fail "no row"
[ "$(tail -n 1 row | cut -d, -f3)" -lt 50000000 ] || fail "the row does not tell what was done"

# Twice: at once, and nothing half-written under a final name.
begin twice
kill -INT $running
kill -INT $running 2>/dev/null || true
code=0
wait $running || code=$?
[ "$code" -eq 130 ] || fail "exit code $code after two"
for file in twice/*.csv; do
    [ -e "$file" ] || continue
    [ "$(awk -F, '{ print NF }' "$file" | sort -u | wc -l)" -eq 1 ] || fail "$file is cut"
    [ "$(tail -c 1 "$file" | od -An -c | tr -d ' ')" = '\n' ] || fail "$file is cut"
done
