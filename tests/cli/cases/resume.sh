#!/bin/sh
# A run that is killed at fifty moments and resumed gives the bytes of an undisturbed one; so does one
# that was interrupted. What cannot be resumed is an error that says why.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
question="--set simulation.years=1 --replications 90 --no-plots"

# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $question --out whole

# Moments of the program's life in which it is killed, in hundredths of a second: a fixed sequence,
# from before the first block to the writing of the tables.
kills=0
finished=0
sanitizers=$([ "$SANITIZED" = 1 ] && echo 4 || echo 1)
while [ $kills -lt 50 ] || [ $finished -eq 0 ]; do
    # shellcheck disable=SC2086
    "$ANREIZ" run "$scenario" $question --out part --resume --checkpoint 0 >out 2>err &
    running=$!
    sleep "$(awk -v n=$kills -v slow="$sanitizers" 'BEGIN { printf "%.2f", slow * (1 + n * 7 % 23) / 100 }')"
    if [ $kills -lt 50 ]; then
        kill -KILL $running 2>/dev/null || true
        kills=$((kills + 1))
    fi
    code=0
    wait $running || code=$?
    case $code in
    0)
        finished=$((finished + 1))
        same_bytes whole part
        rm -rf part
        ;;
    137) ;;
    *) fail "exit code $code after $kills kills" ;;
    esac
done

# Ctrl-C keeps what is finished as a run of its own, and --resume goes on.
# shellcheck disable=SC2086
"$ANREIZ" run "$scenario" $question --replications 3000 --out stopped >out 2>stopped.err &
running=$!
for _ in $(seq 300); do
    [ -s stopped/replications.csv.tmp ] && break
    sleep 0.1
done
# A second one keeps out of its folder.
# shellcheck disable=SC2086
expect 1 "$ANREIZ" run "$scenario" $question --replications 3000 --out stopped --resume
said 'another process is writing into this folder'
kill -INT $running
code=0
wait $running || code=$?
mv stopped.err err
[ "$code" -eq 130 ] || fail "exit code $code after the interrupt"
said 'with --resume goes on'
no_temporaries stopped
rows=$(($(wc -l <stopped/replications.csv) - 1))
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $question --replications 3000 --out stopped --resume
said "going on after $rows of 3000"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $question --replications 3000 --out long
same_bytes long stopped

# A finished run is left alone, another one is refused.
cp -r stopped before
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $question --replications 3000 --out stopped --resume
said 'nothing is left to do'
# shellcheck disable=SC2086
expect 2 "$ANREIZ" run "$scenario" $question --out stopped --resume
said 'holds another run'
diff -r before stopped >difference || fail "a finished run was changed"

# A row or document that a finished run does not print again is asked for: that is said.
for asked in --summary '--format csv' '--format json'; do
    # shellcheck disable=SC2086
    expect 2 "$ANREIZ" run "$scenario" $question --replications 3000 --out stopped --resume $asked
    said 'simulates and prints nothing'
done

# So is one that begins with lists of people and customers.
expect 0 "$ANREIZ" run "$root/scenarios/our_five_kam.cfg" --replications 4 --no-plots --out five
expect 0 "$ANREIZ" run "$root/scenarios/our_five_kam.cfg" --replications 4 --no-plots --out five \
    --resume
said 'nothing is left to do'

# The state of another question, of another version, damaged, or without its rows.
# shellcheck disable=SC2086
"$ANREIZ" run "$scenario" $question --replications 3000 --checkpoint 0 --out left >out 2>err &
running=$!
for _ in $(seq 300); do
    [ -s left/run.state ] && break
    sleep 0.1
done
kill -KILL $running
wait $running 2>/dev/null || true
# shellcheck disable=SC2086
expect 2 "$ANREIZ" run "$scenario" $question --replications 3000 --seed 5 --out left --resume
said 'another scenario.*seed = 1.*seed = 5'
# shellcheck disable=SC2086
expect 2 "$ANREIZ" run "$scenario" $question --replications 2999 --out left --resume
said 'replications = 3000.*replications = 2999'
# shellcheck disable=SC2086
expect 1 "$ANREIZ" run "$scenario" $question --replications 3000 --out left
said 'exists already'
cp -r left damaged
printf 'x' | dd of=damaged/run.state bs=1 seek=20000 conv=notrunc 2>dd.err
# shellcheck disable=SC2086
expect 1 "$ANREIZ" run "$scenario" $question --replications 3000 --out damaged --resume
said 'damaged'
printf 'anreiz state 0\n' | dd of=damaged/run.state bs=1 conv=notrunc 2>dd.err
# shellcheck disable=SC2086
expect 2 "$ANREIZ" run "$scenario" $question --replications 3000 --out damaged --resume
said 'another format'
cp -r left short
: >short/replications.csv.tmp
# shellcheck disable=SC2086
expect 1 "$ANREIZ" run "$scenario" $question --replications 3000 --out short --resume
said 'not those that run.state tells of'

# Questions that make no sense.
expect 2 "$ANREIZ" run "$scenario" --summary --resume
said 'needs a folder'
expect 2 "$ANREIZ" run "$scenario" --replication 3 --resume
said 'single history'
expect 2 "$ANREIZ" run "$scenario" --force --resume
said 'choose one'
expect 2 "$ANREIZ" run "$scenario" --checkpoint soon
said 'not a whole number'
