#!/bin/sh
# fit: the example tables, what a scenario makes of the estimates, later years, and what it refuses.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
data=$root/scenarios/data
tables="$data/fit_people.csv $data/fit_customers.csv $data/fit_pipeline.csv $data/fit_sales.csv"
cat >firm.cfg <<END
extends = [ "$root/configs/firm.cfg", "$root/configs/economy.cfg", "$root/configs/markets.cfg",
            "$root/configs/roles.cfg", "$root/configs/plans.cfg" ];
remove = [ "segments.key", "roles.development", "roles.kam", "plans.development_bonus",
           "plans.development_shared", "plans.kam_quarterly_bonus", "plans.kam_lti",
           "plans.kam_mixed" ];
segments = { standard = { prospects = 3000;
                          coverage = { hunters = ["sales"]; owners = ["sales"]; }; }; };
END

# Fader and Hardie's High End customers, years 1 to 7.
expect 0 "$ANREIZ" fit "$data/high_end_survival.csv" --cohort 1000 --segment key
printed 'beta_a = 0.6681;'
printed 'beta_b = 3.806;'
printed '95 %: 0.5062 .. 0.9433'

# Everything at once: a configuration that a scenario extends, and the same in tables.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" fit $tables --until 2025-12-31 --hunters 6 --scenario firm.cfg --out fitted
printed 'annual = '
printed 'Not identified'
cmp -s out fitted/fitted.cfg || fail "the folder has another configuration"
no_temporaries fitted
grep -q 'people: sales' fitted/survival_fit.gp || fail "no picture of who is still there"
echo 'extends = [ "firm.cfg", "fitted/fitted.cfg" ];' >mine.cfg
expect 0 "$ANREIZ" check mine.cfg
printed 'sales  *9  on plan'
# shellcheck disable=SC2086
expect 0 "$ANREIZ" fit $tables --until 2025-12-31 --hunters 6 --format csv --quiet
cmp -s out fitted/estimates.csv || fail "the folder has other estimates"
[ ! -s err ] || fail "--quiet talks"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" fit $tables --until 2025-12-31 --format json
printed '"not_identified"'
if command -v python3 >/dev/null; then
    python3 -c 'import json; json.load(open("out"))' || fail "not valid JSON"
fi
# shellcheck disable=SC2086
expect 1 "$ANREIZ" fit $tables --out fitted
said 'exists already'
# The order of the tables changes no estimate.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" fit "$data/fit_sales.csv" "$data/fit_pipeline.csv" "$data/fit_customers.csv" \
    "$data/fit_people.csv" --until 2025-12-31 --hunters 6 --format csv
sort out >turned
sort fitted/estimates.csv | cmp -s - turned || fail "the order of the tables changes estimates"

# Later years: the table, the same bytes for any number of threads.
# shellcheck disable=SC2086
set -- fit $tables --until 2025-12-31 --hunters 6 --scenario firm.cfg --replications 16 \
    --backtest 2024-01-01
expect 0 "$ANREIZ" "$@" --out later --threads 1 --no-plots --language de
printed 'held against 2 years'
printed '^customers_lost.standard  *2 '
printed 'values lie in the 50 % band'
[ -s later/fitted.cfg ] || fail "no configuration of the days before"
# The picture: what happened, by outcome and year, as in the table.
grep -q "Sagt es voraus" later/backtest.gp || fail "the picture is not in German"
[ ! -e later/backtest.png ] || fail "--no-plots draws"
awk '/^# [0-9]+: / { name = $3 } /^[0-9]/ { print name, $1, $8, $9 }' later/backtest.dat >drawn
awk -F, 'NR > 1 { print $1, $2, $4, $13 }' later/backtest.csv >table
awk 'NR == FNR { observed[$1, $2] = $3; inside[$1, $2] = $4; rows++; next }
    { d = observed[$1, $2] - $3; if (d * d > 1e-9 * $3 * $3 || inside[$1, $2] != $4) exit 1; n++ }
    END { exit !(n == rows && n == 20) }' table drawn || fail "the picture shows other values"
expect 0 "$ANREIZ" plot later
if command -v gnuplot >/dev/null; then
    [ -s later/backtest.png ] || fail "no picture"
fi
# A folder that is refused costs no simulation, which would take days; a wrong question no folder.
expect 1 timeout 300 "$ANREIZ" "$@" --replications 100000000 --out later
said 'exists already'
expect 2 "$ANREIZ" "$@" --backtest 2024-01-15 --out later --force
[ -s later/backtest.csv ] || fail "a wrong question has emptied the folder"
expect 0 "$ANREIZ" "$@" --format csv --threads 2
cmp -s out later/backtest.csv || fail "threads change the table"
expect 0 "$ANREIZ" "$@" --format json
printed '"first_day": "2024-01-01"'
printed '"fits": 4'
printed '"metric": "customers_lost.standard", .*"p25": .*"in_90"'
# What the sums over the years say follows from the rows.
if command -v python3 >/dev/null; then
    python3 - <<'END' || fail "the sums do not follow from the rows"
import json
told = json.load(open("out"))
for sum_ in told["outcomes"]:
    rows = [row for row in told["backtest"] if row["metric"] == sum_["metric"]]
    assert sum_["years"] == len(rows) and sum_["in_90"] == sum(row["in_90"] for row in rows)
    for row in rows:
        if row["observed"] % 1 == 0:
            assert row["in_50"] == (row["p25"] <= row["observed"] <= row["p75"])
    mean = sum(row["mean"] - row["observed"] for row in rows) / len(rows)
    assert abs(sum_["bias"] - mean) <= 1e-6 * abs(sum_["simulated"]) + 1e-9
END
fi
expect 0 "$ANREIZ" "$@" --set simulation.years=1 --set roles.sales.headcount=7
printed 'held against 1 year '
# So few histories are those of a run of the configuration of the days before.
set -- "$@" --replications 3
expect 0 "$ANREIZ" "$@" --format csv
cp out few.csv
echo 'extends = [ "firm.cfg", "later/fitted.cfg" ];' >before.cfg
expect 0 "$ANREIZ" run before.cfg --set simulation.years=2 --replications 3 --no-plots --out run
for year in 1 2; do
    few=$(awk -F, -v y=$year '$1 == "customers.standard" && $2 == y { print $5 }' few.csv)
    run=$(awk -F, -v y=$year '$1 == "customers" && $3 == "standard" && $4 == y { print $6 }' \
        run/annual.csv)
    [ "$few" = "$run" ] || fail "year $year: $few customers in the backtest, $run in the run"
done
# Nothing after the split is looked at.
expect 0 "$ANREIZ" fit "$data/fit_people.csv" --until 2023-12-31 --format csv
cp out before.csv
expect 0 "$ANREIZ" fit "$data/fit_people.csv" --until 2025-12-31 --scenario firm.cfg \
    --replications 4 --backtest 2024-01-01 --out people
cmp -s before.csv people/estimates.csv || fail "the fit knows days after the split"

# Names, windows, stages.
sed 's/,sales,/,Account Executive,/' "$data/fit_people.csv" >titles.csv
expect 2 "$ANREIZ" fit titles.csv
said "cannot be the name of a role"
expect 0 "$ANREIZ" fit titles.csv --name 'Account Executive=closer' --from 2020-01-01
printed 'closer = {'
printed 'from 2020-01-01 until'
expect 2 "$ANREIZ" fit titles.csv --name 'Account Executive=closer' --scenario firm.cfg
said "the scenario does not"
expect 2 "$ANREIZ" fit titles.csv --name sales
said 'write OLD=NEW'
expect 0 "$ANREIZ" fit "$data/fit_pipeline.csv" --stages 'qualification, offer, negotiation' -q
printed '// leads.standard '
expect 2 "$ANREIZ" fit "$data/fit_pipeline.csv" --stages qualification,ofer
said 'did you mean offer'
expect 2 "$ANREIZ" fit "$data/fit_pipeline.csv" --stages qualification,offer
said 'does not name "negotiation"'

# Wrong questions.
expect 2 "$ANREIZ" fit
said 'something is missing'
expect 2 "$ANREIZ" fit nothing.csv
said 'nothing.csv'
expect 2 "$ANREIZ" fit "$data/fit_people.csv" "$data/fit_people.csv"
said 'named twice'
expect 2 "$ANREIZ" fit "$data/fit_people.csv" --from 2031-01-01
said 'nothing is left'
expect 2 "$ANREIZ" fit "$data/fit_people.csv" --until 2001-01-01
said 'tell nothing'
expect 2 "$ANREIZ" fit "$data/fit_people.csv" --until 31/12/2025
said 'until: "31/12/2025"'
expect 2 "$ANREIZ" fit "$data/fit_pipeline.csv" --hunters many
said 'not a number above 0'
expect 2 "$ANREIZ" fit "$data/fit_people.csv" --backtest 2024-01-01
said 'name it, such as --scenario'
expect 2 "$ANREIZ" fit "$data/fit_people.csv" --set simulation.years=1
said 'name it with --scenario'
expect 2 "$ANREIZ" fit "$data/fit_people.csv" --scenario firm.cfg --backtest 2024-01-15
said 'write the first day'
expect 2 "$ANREIZ" fit "$data/fit_people.csv" --scenario firm.cfg --backtest 2025-06-01
said 'no whole year'
expect 2 "$ANREIZ" fit "$data/high_end_survival.csv" --scenario firm.cfg --backtest 2025-01-01
said 'has none'
sed '2,$s/$/,standard/; 1s/$/,segment/' "$data/high_end_survival.csv" >survival.csv
expect 0 "$ANREIZ" fit "$data/fit_people.csv" survival.csv --scenario firm.cfg --until 2025-12-31 \
    --backtest 2025-01-01 --replications 2
said 'table of survival has no days'
expect 2 "$ANREIZ" fit "$data/high_end_survival.csv" "$data/fit_customers.csv"
said 'leave one away'
printf 'colour,size\nred,3\n' >odd.csv
expect 2 "$ANREIZ" fit odd.csv
said 'its columns do not say'
printf 'person,start\n' >empty.csv
expect 2 "$ANREIZ" fit empty.csv
said 'no row'

# Bad rows are all listed, and nothing is estimated until they are left out.
printf 'person,start,end,reason\na,2020-01-01,2019-01-01,\nb,2020-13-01,,\nc,2020-01-01,,quit\n' >bad.csv
printf 'd,2020-01-01,2021-05-01,bored\ne,2020-01-01,2022-01-31,quit\n' >>bad.csv
expect 2 "$ANREIZ" fit bad.csv --quiet
said 'bad.csv:2: end: .* before the start'
said 'bad.csv:4: reason: .* without a day'
said '"bored" is not voluntary'
said '4 of 5 rows are bad'
expect 0 "$ANREIZ" fit bad.csv --skip-bad-rows
said '4 bad rows are left out'
printed 'headcount = 0;'
