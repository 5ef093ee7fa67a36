#!/bin/sh
# compare: the first is the baseline, all meet the same histories, each plan keeps a run folder.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $small --seed 5 --no-plots
both=results/compare-short_term_bonus-long_term_kam
for file in comparison.csv summary.json run.log short_term_bonus/manifest.cfg \
    long_term_kam/monthly.csv; do
    [ -s "$both/$file" ] || fail "no $both/$file"
done
printed 'long_term_kam'
! grep -q 'not only pay differs' err || fail "the firms do not differ: $(cat err)"
head -n 1 $both/comparison.csv | grep -q 'probability_better' || fail "no probability in the table"

# A plan's folder is what a run of that plan alone gives: so are the histories the same.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$other" $small --seed 5 --no-plots --out alone
for file in manifest.cfg monthly.csv annual.csv replications.csv; do
    cmp -s alone/$file $both/long_term_kam/$file || fail "$file differs from a run alone"
done

# Finished runs are simulated again from their manifests, with the baseline's seed.
expect 0 "$ANREIZ" run "$scenario" --set simulation.years=2 --replications 12 --seed 6 --no-plots --out six
expect 0 "$ANREIZ" compare alone six --no-plots --out runs
grep -q 'seed = 5' runs/long_term_kam/manifest.cfg || fail "the seed is not the baseline's"
cmp -s runs/short_term_bonus/replications.csv $both/short_term_bonus/replications.csv ||
    fail "a run in a comparison does not meet the baseline's histories"

# What differs besides pay is said.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --seed 5 --no-plots --set roles.kam.headcount=7 --out seven
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" seven --no-plots $small --out headcounts
said 'not only pay differs between short_term_bonus and short_term_bonus: roles.kam.headcount: 20 -> 7$'

# A plan against itself differs by nothing, and each keeps a folder.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$scenario" $small --no-plots --out twice
for plan in 1-short_term_bonus 2-short_term_bonus; do
    [ -s twice/$plan/annual.csv ] || fail "no folder $plan"
done
awk -F, 'NR == 1 { for (f = 1; f <= NF; f++) column[$f] = f; next }
    $column["difference"] + 0 != 0 { bad = 1 } END { exit bad }' twice/comparison.csv ||
    fail "a plan differs from itself"

# Rows and JSON for programs.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $small --no-plots --format csv --out rows --quiet
[ "$(wc -l <out)" -eq 3 ] || fail "not a header and two rows"
[ ! -s err ] || fail "--quiet talks"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $small --no-plots --format json --out json
[ "$(head -c 1 out)" = '{' ] || fail "not JSON"

expect 0 "$ANREIZ" run "$other" --set simulation.years=3 --replications 2 --no-plots --out three
expect 2 "$ANREIZ" compare six three --out never
said '[-][-]set simulation.years=2'
absent never
expect 0 "$ANREIZ" compare six three --set simulation.years=2 --no-plots --out now
