#!/bin/sh
# payout: the shipped tables, bad rows, several plans, traces, folders, and questions it refuses.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
# shellcheck source=tests/cli/payout.sh
. "$(dirname "$0")/../payout.sh"

data=$root/scenarios/data
hybrid=$root/scenarios/hybrid.cfg
example="--deals $data/deals.csv --people $data/people.csv --measures $data/measures.csv"

# The example: everybody on the own plan. Daniel's first quarter by hand: 4 % of 9,973.69 + 9,175.59
# + 10,059.84 and a quarter of 11,851.74, which is 32,172.055.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" payout "$hybrid" $example --format csv
cp out pay.csv
paid 1286.88 daniel.price 2025-03 commission
paid 0.00 lukas.hoffmann 2025-09
# shellcheck disable=SC2086
expect 0 "$ANREIZ" payout "$hybrid" $example --quiet
[ ! -s err ] || fail "--quiet talks"
awk 'length($0) > 82 { exit 1 }' out || fail "wider than 80 columns" # bytes: names with umlauts
printed 'quarterly bonus'

# Several plans: one folder, totals of lines and of people agree, the table sets them side by side.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" payout "$hybrid" $example --plan sales_quarterly_bonus,sales_commission --out two
printed 'sales_commission in place of sales_quarterly_bonus'
printed 'win .* together'
printed 'Tenth by pay'
for file in payments.csv people.csv comparison.csv summary.json manifest.cfg; do
    [ -s two/$file ] || fail "no two/$file"
done
no_temporaries two
lines=$(awk -F, '$5 == "pay" || $5 == "split" || $5 == "draw" { s += $6 } END { printf "%.2f", s }' \
    two/payments.csv)
people=$(awk -F, 'NR > 1 { s += $3 } END { printf "%.2f", s }' two/people.csv)
[ "$lines" = "$people" ] || fail "lines sum to $lines, people to $people"
difference=$(awk -F, 'NR > 1 { s += $7 } END { printf "%.2f", s }' two/comparison.csv)
grep -q "\"difference\": $difference" two/summary.json || fail "summary.json has another difference"
expect 0 "$ANREIZ" check two/manifest.cfg
# shellcheck disable=SC2086
expect 1 "$ANREIZ" payout "$hybrid" $example --plan sales_commission --out two
said 'exists already'
# shellcheck disable=SC2086
expect 0 "$ANREIZ" payout "$hybrid" $example --plan sales_commission --out two --force
absent two/comparison.csv
# shellcheck disable=SC2086
expect 0 "$ANREIZ" payout "$hybrid" $example --format json --out other
[ "$(head -c 1 out)" = '{' ] || fail "not JSON"
printed '"payments": \['
if command -v python3 >/dev/null; then
    python3 -c 'import json, sys; json.load(open("out")); json.load(open("other/summary.json"))' ||
        fail "not valid JSON"
fi

# The order of rows and the cut of a deal into rows change nothing.
{
    head -n 1 "$data/deals.csv"
    tail -n +2 "$data/deals.csv" | sort -r
} >reversed.csv
# shellcheck disable=SC2086
expect 0 "$ANREIZ" payout "$hybrid" --deals reversed.csv --people "$data/people.csv" --format csv
said 'not in the order of their dates'
sort out >reversed.out
sort pay.csv >ordered.out
cmp -s ordered.out reversed.out || fail "the order of the rows changes the pay"
plans 'tiers = { components = (
    { type = "commission"; metric = "new_revenue"; period = "month";
      tiers = ( [0, 0.05], [100, 0.07], [250, 0.09] ); } ); };'
table deals date,person,amount 2025-01-15,anna,333.33
pay --plan tiers
cp pay.csv whole.csv
table deals date,person,amount 2025-01-15,anna,111.11 2025-01-20,anna,222.22
pay --plan tiers
cmp -s whole.csv pay.csv || fail "a deal in two rows is paid otherwise"

# Bad rows are all listed, and nothing is paid until they are left out.
table deals date,person,amount 2025-01-15,anna,100 2025-13-01,anna,200 2025-01-20,anna,12x \
    2025-01-21,,5 2025-01-22,anna,300
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan tiers --out never --quiet
printed_nothing
absent never
for line in 3 4 5; do said "deals.csv:$line:"; done
said '3 of 5 rows are bad'
pay --plan tiers --skip-bad-rows
said 'deals.csv:4:'
said '3 bad rows are left out'
paid 29.00 anna
table people person,quota ann,1
expect 2 "$ANREIZ" payout my.cfg --deals whole.csv --people people.csv --plan tiers
table deals date,person,amount 2025-01-15,anna,100
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --people people.csv --plan tiers
said 'anna (line 2; did you mean ann?)'

# The trace: every step with its clause, for one person and period.
plans 'hunter = { draw = { amount = 500.0; }; cap = 3000.0; components = (
    { name = "bonus"; type = "bonus"; metric = "new_revenue"; period = "quarter"; target = 40000.0;
      quota = 250000.0; payout = ( [0.5, 0], [1, 1] ); slope_above = 2.0; cap = 5000.0;
      gates = ( { metric = "new_customers"; quota = 1.0; } );
      multipliers = ( { metric = "margin_rate"; factor = ( [0, 0.5], [1, 1.5] ); } );
      hold_back = { share = 0.25; months = 6; }; } ); };'
table deals date,person,amount,margin,split 2025-01-15,anna,150000,60000, \
    2025-03-31,anna,50000,20000,anna:75\;ben:25 2025-04-30,ben,1,1,
expect 0 "$ANREIZ" payout my.cfg --deals deals.csv --plan hunter --trace --person anna \
    --period 2025-Q1
cat >wanted <<'END'
anna, hunter, January 2025

deals signed, part credited
  2025-01-15  line 2, new: 150,000.00                               150,000.00

the whole plan
  draw        0.00 earned, 500.00 guaranteed                            500.00
              plans.hunter.draw.amount = 500

payments
  draw        draw                                                      500.00
  paid                                                                  500.00

anna, hunter, February 2025

the whole plan
  draw        0.00 earned, 500.00 guaranteed                            500.00
              plans.hunter.draw.amount = 500

payments
  draw        draw                                                      500.00
  paid                                                                  500.00

anna, hunter, March 2025

deals signed, part credited
  2025-03-31  line 3, new: 50,000.00 x 75.00 %                       37,500.00

bonus
  measure     new_revenue                                           187,500.00
              plans.hunter.components.[0].metric = new_revenue
  quota       250,000.00 x 1.0000 periods                           250,000.00
              plans.hunter.components.[0].quota = 250000
  attainment  187,500.00 / 250,000.00                                  75.00 %
  and measure new_customers                                               1.75
              plans.hunter.components.[0].gates.[0].metric = new_customers
  quota       1.00 x 1.0000 periods                                       1.00
              plans.hunter.components.[0].gates.[0].quota = 1
  attainment  1.75 / 1.00                                             175.00 %
  and measure margin_rate                                               0.4000
              plans.hunter.components.[0].multipliers.[0].metric = margin_rate
  curve       attainment 75.00 %                                       50.00 %
              plans.hunter.components.[0].payout = ([0.5, 0.0], [1.0, 1.0])
              plans.hunter.components.[0].slope_above = 2
  target      50.00 % x 10,000.00 for the period                      5,000.00
              plans.hunter.components.[0].target = 40000
  gate        attainment 175.00 %, at least 100.00 %                  5,000.00
              plans.hunter.components.[0].gates.[0].at_least = 1
  multiplier  attainment 40.00 %, factor 0.9000                       4,500.00
              plans.hunter.components.[0].multipliers.[0].factor = ([0.0, 0.5],
              [1.0, 1.5])
  cap         4,500.00, at most 5,000.00                              4,500.00
              plans.hunter.components.[0].cap = 5000
  plan cap    all claims 4,500.00 x 66.67 % that is left              3,000.00
              plans.hunter.cap = 3000
  hold-back   3,000.00 less 25.00 %                                   2,250.00
              plans.hunter.components.[0].hold_back.share = 0.25
  rounding    to date 2,250.00 less 0.00 paid                         2,250.00

the whole plan
  draw        3,000.00 earned, 500.00 guaranteed                          0.00
              plans.hunter.draw.amount = 500
  recovery    1,750.00 above the draw, 1,000.00 owed                  1,000.00
              plans.hunter.draw.rule = recoverable

payments
  pay         bonus                                                   2,250.00
  draw        draw                                                   -1,000.00
  paid                                                                1,250.00

END
diff wanted out >difference || fail "another trace: $(cat difference)"
# What is paid is what the trace says.
pay --plan hunter
paid 1250.00 anna 2025-03
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan hunter --trace
said 'such as --person anna'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan hunter --trace --person anne
said 'did you mean anna'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan hunter --trace --person anna --period 2025-13
said '2025-Q2'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan hunter --trace --person anna --period 2024
said 'January 2025 to April 2025'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan hunter --person anna
said 'for --trace'

# What is missing is named, with what to write.
expect 2 "$ANREIZ" payout my.cfg
said '[-][-]deals FILE is missing'
expect 2 "$ANREIZ" payout my.cfg --deals gone.csv --plan hunter
said 'gone.csv'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan hunters
said 'did you mean hunter?'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan hunter,hunter
said 'twice'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv
said 'anna has neither a plan nor a role'
table deals date,person,amount,margin 2025-01-15,anna,150000,
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan hunter
said 'pays on margin_rate, but 1 deals have no margin, the first in line 2'
plans 'lacking = { components = (
    { name = "a"; type = "bonus"; metric = "bookings"; target = 1000.0; payout = ( [0, 0], [1, 1] );
      gates = ( { metric = "new_revenue"; product = "x"; } ); },
    { name = "b"; type = "bonus"; metric = "nps"; scope = "team"; target = 1000.0;
      payout = ( [0, 0], [1, 1] ); } ); };'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan lacking
said 'plans.lacking.components.\[0\] has no quota, nor has anna: write .*column quota of --people'
said 'plans.lacking.components.\[0\].gates.\[0\]: write its quota'
said 'plans.lacking.components.\[1\] needs nps'
said 'counts the team of anna'
table measures month,person,metric,value 2025-01,anna,npz,3
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan lacking --measures measures.csv
said 'measures.csv:2: metric: "npz" is no metric (did you mean nps?)'
table measures month,person,metric,value 2025-01,anna,nps,3 2025-01,anna,nps,4
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan lacking --measures measures.csv
said 'measures.csv:3: line 2 has this'
table deals date,person,amount 1925-01-15,anna,1 2025-01-15,anna,1
plans 'flat = { components = (
    { type = "commission"; metric = "new_revenue"; period = "month"; rate = 0.1; } ); };'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan flat
said 'is a year mistyped'

# What is left out or open is said.
table deals date,person,amount,cancelled 2025-02-15,anna,100,2026-01-01 2025-03-10,anna,70,
table people person,start,end anna,2020-01-01,2025-03-15
pay --people people.csv --plan flat
! grep -q 'is cut' err || fail 'a month of a flat rate cannot be cut'
said 'anna: 1 deals, 70.00, lie in months that do not count'
said '1 deals are cancelled after March 2025'
paid 10.00 anna
plans 'open = { components = (
    { type = "commission"; metric = "new_revenue"; period = "quarter"; rate = 0.1; } ); };'
table deals date,person,amount 2025-01-15,anna,100 2025-04-10,anna,70
pay --plan open
paid 10.00 anna 2025-03
of_kind 7.00 accrued

# Expected pay: E max(A - 1, 0) of a normal attainment with mean 1 and deviation .3 is .1196827.
plans 'convex = { components = (
    { name = "above"; type = "bonus"; metric = "new_revenue"; period = "year"; target = 100000.0;
      quota = 500000.0; payout = ( [1, 0], [2, 1] ); slope_above = 1.0; } ); };'
expect 0 "$ANREIZ" payout my.cfg --plan convex --expected --attainment-mean 1 --attainment-sd 0.3
printed '^above  *11,968 '
expect 2 "$ANREIZ" payout my.cfg --plan convex --expected --deals deals.csv
said 'asks without deals'
expect 2 "$ANREIZ" payout my.cfg --plan convex --deals deals.csv --law normal
said 'are for --expected'
expect 2 "$ANREIZ" payout my.cfg --plan convex --expected --attainment-sd many
said 'not a number such as 0.9'

# Two equal deals a year on average: half of E max(k - 2, 0) = 4 / e^2, k Poisson.
expect 0 "$ANREIZ" payout my.cfg --plan convex --expected --law deals --deal-count 2 --deal-cv 0
printed '^above  *27,067 '
printed 'attainment of a period: deals, mean 1, standard deviation 0.707107, 2 a period'
expect 2 "$ANREIZ" payout my.cfg --plan convex --expected --law deals
said 'needs --deal-count'
expect 2 "$ANREIZ" payout my.cfg --plan convex --expected --law deals --deal-count 2 \
    --attainment-sd 0.3
said 'leave it out'
expect 2 "$ANREIZ" payout my.cfg --plan convex --expected --deal-cv 1
said 'are for --law deals'

# A plan that nobody is on pays the people of the plan named beside it as if it were theirs.
expect 2 "$ANREIZ" payout "$hybrid" --plan sales_commission --expected
said 'plan A,B'
expect 0 "$ANREIZ" payout "$hybrid" --plan sales_quarterly_bonus,sales_commission --expected --format csv
grep '^sales_commission' out >beside || fail "no rows of the second plan"
expect 0 "$ANREIZ" payout "$hybrid" --set 'roles.sales.plan="sales_commission"' \
    --plan sales_commission --expected --format csv
grep '^sales_commission' out >own
cmp -s beside own || fail "not the pay of the people of the first plan"
