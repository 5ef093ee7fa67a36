#!/bin/sh
# Processes of mpirun give the bytes of one run; when one dies the others end, with a state that
# --resume goes on from. ANREIZ_MPI is the program with MPI, MPIRUN how it is started.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../../cli/common.sh"
cd "$folder"
question="--set simulation.years=1 --replications 100 --no-plots"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 \
    OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none

# together N ARGUMENT ...
together() {
    processes=$1
    shift
    $MPIRUN -np "$processes" "$ANREIZ_MPI" "$@"
}

# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $question --out whole
cp out whole.txt
# shellcheck disable=SC2086
expect 0 "$ANREIZ_MPI" run "$scenario" $question --out alone
same_bytes whole alone
for processes in 1 2 3; do
    # shellcheck disable=SC2086
    expect 0 together $processes run "$scenario" $question --out "by-$processes"
    cmp -s out whole.txt || fail "other text from $processes processes"
    same_bytes whole "by-$processes"
done

# A process that dies.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $question --replications 3000 --out long
# shellcheck disable=SC2086
together 2 run "$scenario" $question --replications 3000 --checkpoint 0 --threads 1 --out died \
    >out 2>err &
running=$!
for _ in $(seq 600); do
    [ -s died/shard-2-of-2/run.state ] && [ -s died/shard-1-of-2/run.state ] && break
    sleep 0.1
done
# The youngest process that has the folder of the second shard open.
victim=
for process in /proc/[0-9]*; do
    for file in "$process"/fd/*; do
        case $(readlink "$file" 2>/dev/null) in
        */died/shard-2-of-2) victim=${process#/proc/} ;;
        esac
    done
done
[ -n "$victim" ] || fail "the second process was not found"
kill -KILL "$victim"
code=0
wait $running || code=$?
[ "$code" -ne 0 ] || fail "the death of a process went unnoticed"
[ -s err ] || [ -s out ] || fail "nothing was said"
absent died/monthly.csv died/manifest.cfg
# shellcheck disable=SC2086
code=0
# shellcheck disable=SC2086
together 3 run "$scenario" $question --replications 3000 --out died --resume >out 2>err || code=$?
[ "$code" -ne 0 ] || fail "another number of processes was accepted"
said 'go on with mpirun -np 2'
# shellcheck disable=SC2086
expect 0 together 2 run "$scenario" $question --replications 3000 --out died --resume
said 'going on after'
same_bytes long died
# shellcheck disable=SC2086
expect 0 together 2 run "$scenario" $question --replications 3000 --out died --resume
said 'nothing is left to do'

# Wrong questions are answered once.
code=0
together 2 run "$scenario" --shard 1/2 --out wrong >out 2>err || code=$?
[ "$code" -ne 0 ] || fail "--shard was accepted"
[ "$(grep -c 'single process' err)" -eq 1 ] || fail "not said once"
code=0
together 2 check "$scenario" >out 2>err || code=$?
[ "$code" -ne 0 ] || fail "check was accepted"
[ "$(grep -c 'only anreiz run works on several processes' err)" -eq 1 ] || fail "not said once"
code=0
# shellcheck disable=SC2086
together 2 run "$scenario" $question --out whole >out 2>err || code=$?
[ "$code" -ne 0 ] || fail "the folder was overwritten"
said 'exists already'
