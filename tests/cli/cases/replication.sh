#!/bin/sh
# One replication alone equals itself inside the run.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

expect 0 "$ANREIZ" run "$scenario" --set simulation.years=2 --replications 70 --out all --no-plots
for number in 1 33 70; do
    expect 0 "$ANREIZ" run "$scenario" --set simulation.years=2 --replication $number \
        --out "one-$number" --no-plots
    [ $number = 1 ] || said "history $number alone"
    [ "$(wc -l <"one-$number/replications.csv")" -eq 2 ] || fail "not one row"
    head -n 1 "one-$number/replications.csv" >expected
    sed -n "$((number + 1))p" all/replications.csv >>expected
    cmp -s expected "one-$number/replications.csv" || fail "replication $number differs"
done
expect 2 "$ANREIZ" run "$scenario" --replication 0
said '[-][-]replication 0'
