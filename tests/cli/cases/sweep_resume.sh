#!/bin/sh
# An interrupted or killed sweep keeps its finished points and goes on to the same bytes.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

# Long enough to be caught in the middle, short enough to be done. A program of its own, so that
# signals reach it.
cat >sweep <<END
#!/bin/sh
to=\$1
shift
exec "$ANREIZ" sweep "$scenario" --vary roles.kam.turnover.annual=0.05:0.35:16 --no-plots \\
    --set simulation.years=2 --set simulation.effort=none --replications 120 \\
    --metrics profit,turnover.kam --out "\$to" "\$@"
END
chmod +x sweep

./sweep whole >text 2>err || fail "the whole sweep failed"

for name in INT KILL; do
    ./sweep "by-$name" >out 2>err &
    running=$!
    for _ in $(seq 600); do
        if [ -s "by-$name/sweep.csv" ] || ! kill -0 $running 2>/dev/null; then
            break
        fi
        sleep 0.1
        # Ctrl-C keeps points that no file holds yet
        [ "$name" = KILL ] || [ ! -s "by-$name/manifest.cfg" ] || break
    done
    if [ "$name" = INT ]; then
        sleep 1
    fi
    kill -$name $running 2>/dev/null || true
    code=0
    wait $running || code=$?
    if [ "$name" = INT ] && [ "$code" -eq 130 ] && [ -s by-INT/sweep.csv ]; then
        said 'interrupted after'
        grep -q 'interrupted = true; points_done' by-INT/manifest.cfg || fail "not marked"
        rows=$(cut -d, -f1 by-INT/sweep.csv | sort -u | wc -l)
        [ "$rows" -lt 18 ] || fail "all points are there"
        [ "$rows" -gt 1 ] || fail "no point was kept"
    fi
    # Another question is refused, the same one goes on.
    expect 2 ./sweep "by-$name" --seed 9 --resume
    said 'not that of this sweep'
    expect 0 ./sweep "by-$name" --resume
    same_bytes whole "by-$name"
    cmp -s out text || fail "the printed results differ"
done

# Nothing to do any more, and nothing there yet.
expect 0 ./sweep whole --resume
said '17 of 17 points are done already'
same_bytes whole by-INT
expect 1 ./sweep whole
said 'exists already'
expect 0 ./sweep new --resume
same_bytes whole new

# A table that was tampered with is refused.
sed -i '2s/profit/revenue/' new/sweep.csv
expect 2 ./sweep new --resume
said 'not the table of an interrupted sweep'
