#!/bin/sh
# sensitivity: the four methods, the same bytes for any threads, what a point is, what is said of
# wrong questions.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
small='--set simulation.years=1 --set simulation.effort=none --replications 3 --metrics npv,turnover.kam'
churn='--vary segments.key.churn --vary roles.kam.turnover.annual=0.1:0.2'

# Screening: the same bytes for any threads, a picture, the command that follows.
for threads in 1 7; do
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" sensitivity "$scenario" $churn --vary firm.wacc --vary handover.loss --size 2 \
        $small --threads $threads --no-plots --out morris-$threads
    cp out text-$threads
done
same_bytes morris-1 morris-7
cmp -s text-1 text-7 || fail "the printed results differ"
for file in sensitivity.csv sensitivity.gp sensitivity.dat sweep.csv design.csv manifest.cfg run.log; do
    [ -s morris-1/$file ] || fail "no $file"
done
no_temporaries .
printed '^npv (currency), .* as the scenario stands'
printed '^npv hangs most on '
printed '^± is half of the 95 % interval'
printed '^over its whole range it moves by [0-9.]* pp in the mean'
printed '[0-9] of 7 parameters ha.* no effect at all'
printed "^    --vary 'roles.kam.turnover.annual=0.1:0.2'"
for option in '--set simulation.years=1' '--set simulation.effort=none' '--replications 3' \
    '--metrics npv,turnover.kam'; do
    printed "^    $option"
done
[ "$(wc -l <morris-1/design.csv)" -eq 17 ] || fail "not 2 trajectories of 7 parameters"
[ "$(wc -l <morris-1/sensitivity.csv)" -eq 43 ] || fail "not 2 metrics, 7 parameters, 3 measures"
grep -q '^npv,all,all,currency,[0-9]*,handover.loss,0.15,0.5,mu_star,0,0,0$' morris-1/sensitivity.csv ||
    fail "an unused parameter has an effect"
awk -F, '$1 == "npv" && $9 == "mu_star" { if (n++ && $10 > last) exit 1; last = $10 }' \
    morris-1/sensitivity.csv || fail "the rows are not in the order of importance"

# An interrupted analysis goes on; a finished one is shown again.
cp -r morris-1 again
head -n 11 morris-1/sweep.csv >again/sweep.csv
rm again/sensitivity.csv
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sensitivity "$scenario" $churn --vary firm.wacc --vary handover.loss --size 2 \
    $small --no-plots --resume --out again
said 'points are done already'
cmp -s again/sensitivity.csv morris-1/sensitivity.csv || fail "resumed it gives other numbers"
# shellcheck disable=SC2086
expect 2 "$ANREIZ" sensitivity "$scenario" $churn --vary firm.wacc --vary handover.loss --size 2 \
    --method sobol $small --no-plots --resume --out again
said 'not that of this sweep'

# Tornado: an end of a range is what a comparison with it gives.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sensitivity "$scenario" --method tornado --vary roles.kam.turnover.annual=0.1:0.2 \
    $small --no-plots --out tornado --format csv --quiet
cmp -s out tornado/sensitivity.csv || fail "--format csv is not sensitivity.csv"
[ ! -s err ] || fail "--quiet talks"
moved=$(awk -F, '$1 == "npv" && $9 == "at_high" { print $10 }' out)
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sweep "$scenario" --vary roles.kam.turnover.annual=0.2 $small --no-plots --out ends
swept=$(awk -F, '$1 == 1 && $4 == "npv" { print $17 }' ends/sweep.csv)
[ "$moved" = "$swept" ] || fail "tornado: $moved, sweep: $swept"

grep -q "set xlabel 'change against the scenario as it stands, currency'" tornado/sensitivity.gp ||
    fail "a tornado without a unit"
grep -q "= '0.1 to 0.2 probability a year'" tornado/sensitivity.gp || fail "no unit of the range"

# Shares of the variance of a difference between two scenarios, as JSON.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sensitivity "$scenario" --against "$other" --method sobol --size 4 \
    --vary roles.kam.turnover.annual=0.1:0.2 --vary roles.kam.headcount=10:14 $small --no-plots \
    --out sobol --format json --language de
grep -q "^s1 = 'Kapitalwert: welche Parameter erklären die Unsicherheit?'" sobol/sensitivity.gp ||
    fail "the picture is not German"
grep -q "= '0,1 bis 0,2 Wahrscheinlichkeit im Jahr'" sobol/sensitivity.gp || fail "a range in English"
grep -q "set xlabel 'Anteil an der Varianz'" sobol/sensitivity.gp || fail "an axis in English"
[ "$(head -c 1 out)" = '{' ] || fail "not JSON"
if command -v python3 >/dev/null; then
    python3 -c 'import json
answer = json.load(open("out"))
assert answer["method"] == "sobol" and answer["points"] == 17 and answer["replications"] == 3
assert len(answer["rows"]) == 8 and {row["measure"] for row in answer["rows"]} == {"total", "first"}
' || fail "JSON that cannot be read"
fi

# Parameters against chance; a tornado of the difference has no intervals.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sensitivity "$scenario" --method two-level --size 8 $churn $small --no-plots --out levels
printed '^  share of the parameters in the variance '
grep -q "set label 3 'currency'" levels/sensitivity.gp || fail "two levels without a unit"
printed 'is chance. The interval of that share is too wide to$'
printed '^say what better data about them would do: a larger --size tells.$'
# shellcheck disable=SC2086
for asked in '--size 12 --vary roles.sales.headcount=5:50 most' '--size 40 --vary firm.wacc little'; do
    expect 0 "$ANREIZ" sensitivity "$scenario" --method two-level ${asked% *} $small \
        --metrics pay_cost --no-plots --out levels --force
    printed "is chance: better data about them would narrow it ${asked##* }.$"
done
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sensitivity "$scenario" --against "$other" --method tornado \
    --vary roles.kam.turnover.annual --vary segments.key.potential.mean \
    --vary segments.key.relationship.wallet_share $small --no-plots --out gap
printed '^segments.key.potential.mean  *[0-9]*:[0-9]*$'
printed '^segments.key.relationship.wallet_share [0-9.]*:[0-9.]*$'
grep -q "= '[0-9]* k to [0-9]* k currency a year'" gap/sensitivity.gp || fail "a range in powers of ten"
printed '^Values are what it has more than short_term_bonus '
printed '^No ±: changes of a difference are not paired'
grep -q '^npv,.*,at_low,[-0-9.]*,,$' gap/sensitivity.csv || fail "an interval of a difference"

# All uncertain parameters, said before; a dry run writes nothing.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sensitivity "$scenario" --method tornado --except roles --except segments.standard \
    --except segments.key $small --out dry --dry-run
printed '^  firm.wacc=0.05:0.15 (now 0.09)'
printed 'dry, would be new'
absent dry
