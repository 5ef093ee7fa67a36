#!/bin/sh
# One, two or seven threads give the same bytes in every file but the log.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"

for threads in 1 2 7; do
    expect 0 "$ANREIZ" run "$scenario" --set simulation.years=2 --replications 70 \
        --threads $threads --out "$folder/run-$threads"
    cp "$folder/out" "$folder/text-$threads"
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" compare "$scenario" "$other" $small --no-plots --threads $threads \
        --out "$folder/compare-$threads"
done
for threads in 2 7; do
    same_bytes "$folder/run-1" "$folder/run-$threads"
    same_bytes "$folder/compare-1" "$folder/compare-$threads"
    cmp -s "$folder/text-1" "$folder/text-$threads" || fail "the printed results differ"
done
for file in manifest.cfg monthly.csv annual.csv replications.csv summary.json turnover.gp; do
    [ -s "$folder/run-1/$file" ] || fail "no $file"
done
[ "$(wc -l <"$folder/run-1/replications.csv")" -eq 71 ] || fail "not 70 rows of replications"
no_temporaries "$folder"
