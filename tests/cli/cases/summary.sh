#!/bin/sh
# A shell loop over a parameter prints one comparable row each and leaves no folder.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

for years in 1 2 3; do
    "$ANREIZ" run "$scenario" --set simulation.years=$years --replications 5 --summary >row
    [ "$(wc -l <row)" -eq 2 ] || fail "not one header and one row"
    head -n 1 row >>headers
    tail -n 1 row >>rows
done
[ "$(sort -u headers | wc -l)" -eq 1 ] || fail "the headers differ"
[ "$(awk -F, '{ print NF }' headers rows | sort -u | wc -l)" -eq 1 ] || fail "the fields differ"
grep -q '^scenario,seed,replications,simulation.years,turnover,' headers || fail "header: $(cat row)"
[ "$(cut -d, -f3 rows | sort -u)" = 5 ] || fail "the number of replications is not in the row"
[ "$(cut -d, -f4 rows | tr '\n' ' ')" = '1 2 3 ' ] || fail "the swept value is not in the row"
absent results

# Chosen metrics, without the header; the same row whatever was swept before it.
expect 0 "$ANREIZ" run "$scenario" --replications 5 --summary --no-header --metrics revenue,turnover.sales
[ "$(wc -l <out)" -eq 1 ] || fail "not a single row"
[ "$(awk -F, '{ print NF }' out)" -eq 7 ] || fail "not 3 + 2 x 2 fields: $(cat out)"
cp out first
expect 0 "$ANREIZ" run "$scenario" --replications 5 --summary --metrics revenue,turnover.sales
printed '^scenario,seed,replications,revenue,revenue_standard_error,turnover.sales,'
tail -n 1 out | cmp -s - first || fail "the row depends on the header"

# The last value of a path counts and it is one column.
expect 0 "$ANREIZ" run "$scenario" --replications 2 --summary --set simulation.years=4 --set simulation.years=1
[ "$(head -n 1 out | tr ',' '\n' | grep -c -x simulation.years)" -eq 1 ] || fail "two columns"
[ "$(tail -n 1 out | cut -d, -f4)" = 1 ] || fail "not the last value"

# With a folder as well when one is named, and the seed that was asked for.
expect 0 "$ANREIZ" run "$scenario" --replications 2 --seed 9223372036854775807 --summary --out kept --no-plots
[ "$(tail -n 1 out | cut -d, -f2)" = 9223372036854775807 ] || fail "the seed is not in the row"
[ -s kept/manifest.cfg ] || fail "--summary --out writes no folder"

# What is measured for the row alone is what a run into a folder has.
expect 0 "$ANREIZ" run "$scenario" --replications 3 --summary --metrics profit,turnover.kam
cp out alone
expect 0 "$ANREIZ" run "$scenario" --replications 3 --summary --metrics profit,turnover.kam --out whole --no-plots
cmp -s alone out || fail "the row depends on the folder: $(cat alone out)"

# Processes that write beside each other do not cut lines.
for seed in 1 2 3 4 5 6 7 8; do
    "$ANREIZ" run "$scenario" --replications 2 --set simulation.years=1 --seed $seed --summary \
        --no-header >>together &
done
wait
[ "$(wc -l <together)" -eq 8 ] || fail "rows are missing"
[ "$(awk -F, '{ print NF }' together | sort -u | wc -l)" -eq 1 ] || fail "rows are cut"
[ "$(cut -d, -f2 together | sort -n | tr -d '\n')" = 12345678 ] || fail "rows are mixed"
