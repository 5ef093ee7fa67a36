#!/bin/sh
# payout --from and --to: a period counts whole with months without deals, and what is cut is said.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
# shellcheck source=tests/cli/payout.sh
. "$(dirname "$0")/../payout.sh"

# 3,000 a quarter at a quota of 100,000, nothing below half of it, no limit above. Anna sells 80,000
# in the last quarter: 80 % of 3,000. Without October her quota would be 66,667, and 80,000 of it
# 120 % of 2,000. Ben's 120,000 are 120 %.
plans 'bonus = { components = (
    { name = "bonus"; type = "bonus"; metric = "new_revenue"; period = "quarter"; target = 12000.0;
      quota = 100000.0; payout = ( [0.5, 0.5], [1, 1] ); slope_above = 1.0; } ); };
flat = { components = (
    { type = "commission"; metric = "new_revenue"; period = "quarter"; rate = 0.1; } ); };
climb = { components = (
    { name = "climb"; type = "commission"; metric = "new_revenue"; period = "quarter";
      quota_basis = "year_to_date"; tiers = ( [0, 0.05], [2500, 0.1] ); } ); };'
table deals date,person,amount 2025-11-03,anna,80000 2025-12-12,ben,120000
pay --plan bonus
paid 2400.00 anna
said 'plans.bonus.components.\[0\] (bonus): its quarter is cut, as the tables begin in November 2025'
said '2 of 3 months count, quota and target with a factor of 0.6667'
said 'write --from 2025-10'
pay --plan bonus --from 2025-10
paid 2400.00 anna
paid 3600.00 ben
! grep -q 'is cut' err || fail "nothing is cut"
cp pay.csv month.csv
pay --plan bonus --from 2025-Q4 --to 2025
cmp -s month.csv pay.csv || fail "the quarter pays otherwise than its months"
expect 0 "$ANREIZ" payout my.cfg --deals deals.csv --plan bonus --from 2025-Q4
printed 'October 2025 to December 2025'

# A flat rate pays each deal by itself, and who joins in November has two months in any case.
pay --plan flat
! grep -q 'is cut' err || fail "a flat rate is not cut"
table people person,start anna,2025-11-01 ben,2025-11-15
pay --plan bonus --people people.csv
! grep -q 'is cut' err || fail "the people are not there before"

# Deals in October and November only: accrued, until --to says that December was empty.
table deals date,person,amount 2025-10-03,anna,80000 2025-11-12,ben,120000
pay --plan bonus
paid 0.00 '*'
said 'bonus): [0-9,.]* accrued and not paid, as its quarter runs to December 2025'
said '[-][-]to 2025-12 pays it'
pay --plan bonus --to 2025-Q4
paid 2400.00 anna 2025-12
paid 3600.00 ben 2025-12
of_kind 0.00 accrued

# Earlier deals count for the year to date: 6,000 by March paid 2,500 x .05 + 3,500 x .1 = 475, and
# 14,000 by December earn 10,000 x .05 + 4,000 x .1 = 900. January's own pay is not listed.
table deals date,person,amount 2025-01-10,anna,6000 2025-12-01,anna,8000 2026-01-05,anna,500
pay --plan climb --from 2025-Q4 --to 2025-Q4
paid 425.00 '*'
said 'deals.csv: 1 deals before October 2025 count for what runs on'
said 'deals.csv: 1 deals after December 2025 are left out'
expect 0 "$ANREIZ" payout my.cfg --deals deals.csv --plan climb --from 2025-Q4 --to 2025-Q4 \
    --format json
printed '"first_month": "2025-10", "last_month": "2025-12", "deals": 1, "bookings": 8000.00'
table deals date,person,amount 2025-02-10,anna,6000
pay --plan climb
said 'its fiscal year is cut, .* February 2025: 11 of 12 months .*--from 2025-01'

# Bounds that hold no months.
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan climb --from 2025-Q4
said '[-][-]from 2025-Q4: the tables end before, in February 2025'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan climb --from 2025-Q4 --to 2025-Q3
said '[-][-]from 2025-Q4 is after --to 2025-Q3'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan climb --to 2024
said '[-][-]to 2024: the tables begin after it'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan climb --from 2025-Q5
said '[-][-]from 2025-Q5: write a month'
expect 2 "$ANREIZ" payout my.cfg --deals deals.csv --plan climb --from 1925
said 'is a year mistyped'
expect 2 "$ANREIZ" payout my.cfg --plan climb --expected --to 2025
said 'asks without deals'
