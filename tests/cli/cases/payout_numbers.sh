#!/bin/sh
# payout: published and hand-worked examples through real tables, to the cent.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
# shellcheck source=tests/cli/payout.sh
. "$(dirname "$0")/../payout.sh"

# Pay mix 60/40 of 100,000 and a quota of 800,000: the target rate is 5 %.
plans 'mix = { on_target = 100000.0; mix = 0.6; components = (
    { type = "commission"; metric = "new_revenue"; period = "quarter"; weight = 1.0; } ); };'
table deals date,person,amount 2025-02-03,anna,150000 2025-03-31,anna,50000 2025-06-30,anna,600000
table people person,quota anna,800000
pay --people people.csv --plan mix
paid 10000.00 anna 2025-03
paid 40000.00 anna
# ... and 6.25 % for somebody whose own target is 50,000.
table people person,quota,target anna,800000,50000
pay --people people.csv --plan mix
paid 50000.00 anna
# Targets of 6,000, and of 8,000 every two years: 20,000 are twice the plan's 10,000.
plans 'both = { components = (
    { name = "bonus"; type = "bonus"; metric = "new_revenue"; period = "year"; target = 6000.0;
      quota = 100.0; payout = ( [1, 1] ); },
    { name = "cash"; type = "shares"; settlement = "phantom"; target = 8000.0; every_months = 24;
      vesting_months = 12; cliff_months = 12; step_months = 12; } ); };'
table deals date,person,amount 2025-01-03,anna,50 2025-12-31,anna,50
table people person,target anna,20000
pay --people people.csv --plan both
paid 12000.00 anna 2025-12 bonus
paid 16000.00 anna 2025-12 cash

# A deal of 20,000 of two people: credit split at the own rates, money split at the first's rate.
plans 'eight = { components = (
    { type = "commission"; metric = "new_revenue"; period = "month"; rate = 0.08; } ); };
ten = { components = (
    { type = "commission"; metric = "new_revenue"; period = "month"; rate = 0.10; } ); };
money = { components = (
    { type = "commission"; metric = "new_revenue"; period = "quarter"; rate = 0.08;
      credit = { split = "money"; }; } ); };'
table deals date,amount,split 2025-01-15,20000,anna:50\;ben:50 2025-03-31,0,anna:100
table people person,plan anna,eight ben,ten
pay --people people.csv
paid 800.00 anna
paid 1000.00 ben
pay --plan money
paid 800.00 anna 2025-03
paid 800.00 ben 2025-03
of_kind 1600.00 pay
of_kind 0.00 split

# Overlay: 5 % for who sells, 3 % on half of the same 100,000 for the specialist of the team.
plans 'sell = { components = (
    { type = "commission"; metric = "new_revenue"; period = "month"; rate = 0.05; } ); };
overlay = { components = (
    { type = "commission"; metric = "new_revenue"; scope = "team"; period = "month"; rate = 0.03;
      credit = { share = 0.5; }; } ); };'
table deals date,person,amount 2025-01-15,anna,60000 2025-01-16,carl,40000 2025-01-17,dora,70000
table people person,team,plan anna,n,sell carl,n,sell ben,n,overlay dora,s,sell
pay --people people.csv
paid 1500.00 ben
[ "$(awk -F, '$1 == "sell" && $2 != "dora" { s += $6 } END { print s }' pay.csv)" = 5000 ] ||
    fail "who sells is not paid 5,000"

# Draw of 1,500 with 500 and 3,000 earned.
for rule in recoverable non_recoverable; do
    plans "draw = { draw = { amount = 1500.0; rule = \"$rule\"; }; components = (
        { type = \"commission\"; metric = \"new_revenue\"; period = \"month\"; rate = 0.1; } ); };"
    table deals date,person,amount 2025-01-15,anna,5000 2025-02-15,anna,30000
    pay --plan draw
    paid 1500.00 anna 2025-01
    if [ $rule = recoverable ]; then paid 2000.00 anna 2025-02; else paid 3000.00 anna 2025-02; fi
    head -n 2 deals.csv >first.csv && mv first.csv deals.csv
    pay --plan draw
    if [ $rule = recoverable ]; then of_kind 1000.00 owed; else of_kind 0.00 owed; fi
done

# Clawback of 12,000 within 12 months: 7,000 when the customer leaves after 5, nothing after 14.
plans 'claw = { components = (
    { type = "commission"; metric = "new_revenue"; period = "month"; rate = 0.1;
      clawback = { months = 12; rule = "pro_rata"; }; negative = "recover"; } ); };
quarters = { components = (
    { type = "commission"; metric = "new_revenue"; period = "quarter"; rate = 0.1;
      clawback = { months = 12; rule = "full"; }; negative = "recover"; } ); };
kept = { components = (
    { type = "commission"; metric = "new_revenue"; period = "month"; rate = 0.1;
      clawback = { months = 12; rule = "pro_rata"; }; } ); };'
table deals date,person,amount,cancelled 2025-01-15,anna,120000,2025-06-20 2025-07-01,anna,0,
pay --plan claw
paid 12000.00 anna 2025-01
paid -7000.00 anna 2025-06
table deals date,person,amount,cancelled 2025-01-15,anna,120000,2026-03-20 2026-07-01,anna,0,
pay --plan claw
paid 12000.00 anna
# Carried, it is taken from what is earned next.
table deals date,person,amount,cancelled 2025-01-15,anna,120000,2025-06-20 2025-07-01,anna,80000,
pay --plan kept
paid 0.00 anna 2025-06
paid 1000.00 anna 2025-07
# A deal that is cancelled before its quarter is paid is taken back right after.
table deals date,person,amount,cancelled 2025-01-15,anna,120000,2025-02-20 2025-07-01,anna,0,
pay --plan quarters
paid 12000.00 anna 2025-03
paid -12000.00 anna 2025-04

# Hold-back: 7,000 of 10,000 now, 3,000 when the customer has stayed a year; lost when not.
plans 'hold = { components = (
    { type = "commission"; metric = "new_revenue"; period = "month"; rate = 0.1;
      hold_back = { share = 0.3; months = 12; }; } ); };'
table deals date,person,amount,cancelled 2025-01-15,anna,100000, 2026-01-15,anna,0,
pay --plan hold
paid 7000.00 anna 2025-01
paid 3000.00 anna 2026-01
of_kind 0.00 held
table deals date,person,amount,cancelled 2025-01-15,anna,100000, 2025-06-15,anna,0,
pay --plan hold
of_kind 3000.00 held
table deals date,person,amount,cancelled 2025-01-15,anna,100000,2025-09-01 2026-01-15,anna,0,
pay --plan hold
paid 7000.00 anna

# SPIFF: 500 a unit, at most 3 a person; the pool of 2,000 shrinks two claims of 1,500.
plans 'spiff = { components = (
    { type = "commission"; metric = "new_customers"; product = "x"; period = "month"; rate = 500.0;
      most_units = 3; } ); };
pool = { components = (
    { type = "commission"; metric = "new_customers"; product = "x"; period = "month"; rate = 500.0;
      most_units = 3; pool = 2000.0; } ); };'
{
    echo date,person,product,amount
    for day in 1 2 3 4 5; do
        echo "2025-01-0$day,anna,x,100"
        echo "2025-01-0$day,ben,x,100"
        echo "2025-01-0$day,carl,y,100"
    done
} >deals.csv
pay --plan spiff
paid 1500.00 anna
paid 0.00 carl
pay --plan pool
paid 1000.00 anna
paid 1000.00 ben

# Ranking: ranks 2 and 3 share 3,000 and 1,000.
plans 'rank = { components = (
    { type = "ranking"; metric = "new_revenue"; period = "year";
      prizes = ( [1, 5000], [2, 3000], [3, 1000] ); } ); };'
table deals date,person,amount 2025-01-15,anna,900 2025-02-15,ben,700 2025-03-15,carl,700 \
    2025-12-15,dora,100
pay --plan rank
paid 5000.00 anna
paid 2000.00 ben
paid 2000.00 carl
paid 0.00 dora

# Gate over products: the higher rates hold only when all three reach 95 % of 100,000.
gates='gates = ( { metric = "new_revenue"; product = "a"; quota = 100000; at_least = 0.95; },
    { metric = "new_revenue"; product = "b"; quota = 100000; at_least = 0.95; },
    { metric = "new_revenue"; product = "c"; quota = 100000; at_least = 0.95; } );'
part() { # NAME PRODUCT TIERS MORE
    printf '{ name = "%s"; type = "commission"; metric = "new_revenue"; product = "%s"; ' "$1" "$2"
    printf 'period = "year"; tiers = ( %s ); %s }' "$3" "$4"
}
plans "gate = { components = (
    $(part a a '[0, 0.02]' ''), $(part b b '[0, 0.08]' ''), $(part c c '[0, 0.05]' ''),
    $(part a+ a '[100000, 0.02]' "$gates"), $(part b+ b '[100000, 0.04]' "$gates"),
    $(part c+ c '[100000, 0.02]' "$gates") ); };"
for c in 80 95; do
    table deals date,person,product,amount 2025-01-15,anna,a,110000 2025-03-15,anna,b,120000 \
        2025-12-15,anna,c,${c}000
    pay --plan gate
    if [ $c = 80 ]; then paid 15800.00 anna; else paid 17550.00 anna; fi
done

# Multiplier by the margin: 3.5 M at 2 % to 3 M and 3 % above.
plans 'margin = { components = (
    { type = "commission"; metric = "new_revenue"; period = "year";
      tiers = ( [0, 0.02], [3000000, 0.03] );
      multipliers = ( { metric = "margin_rate"; between = "steps";
        factor = ( [-1, 0.5], [0.05, 1.0], [0.22, 1.15] ); } ); } ); };'
for margin in 1100000 105000; do
    table deals date,person,amount,margin 2025-01-15,anna,2000000,$((margin - 100)) \
        2025-12-01,anna,1500000,100
    pay --plan margin
    if [ $margin = 1100000 ]; then paid 86250.00 anna; else paid 37500.00 anna; fi
done

# Quota of 250,000 a quarter, target 10,000, twice the slope above: each quarter, and to date.
for basis in period year_to_date; do
    plans "quota = { components = (
        { type = \"bonus\"; metric = \"new_revenue\"; period = \"quarter\"; target = 40000.0;
          quota = 250000.0; quota_basis = \"$basis\"; payout = ( [0, 0], [1, 1] );
          slope_above = 2.0; negative = \"recover\"; } ); };"
    table deals date,person,amount 2025-01-31,anna,150000 2025-05-31,anna,400000 \
        2025-07-31,anna,200000 2025-12-31,anna,300000
    pay --plan quota
    if [ $basis = period ]; then set -- 6000 22000 8000 14000; else set -- 6000 18000 6000 14000; fi
    paid "$1.00" anna 2025-03
    paid "$2.00" anna 2025-06
    paid "$3.00" anna 2025-09
    paid "$4.00" anna 2025-12
done

# Deal factor: 6 %, 1.25 times that for deals after the quota of the year.
plans 'deal = { components = (
    { type = "commission"; metric = "new_revenue"; period = "month"; rate = 0.06;
      quota = 10000.0; deal_factors = ( [0, 1.0], [1, 1.25] ); } ); };'
table deals date,person,amount 2025-01-15,anna,120000 2025-02-15,anna,50000
pay --plan deal
paid 7200.00 anna 2025-01
paid 3750.00 anna 2025-02

# Limit of a deal's credit: 100,000 and 400,000 count 100,000 and 250,000.
plans 'limit = { components = (
    { type = "commission"; metric = "new_revenue"; period = "month"; rate = 0.1;
      credit = { most_per_deal = 250000.0; }; } ); };'
table deals date,person,amount 2025-01-15,anna,100000 2025-01-16,anna,400000
pay --plan limit
paid 35000.00 anna

# Recurring: 2 % of 120,000 a year from the month after, three months; until cancelled.
plans 'recurring = { components = (
    { type = "commission"; metric = "recurring_revenue"; recurring_months = 3; period = "month";
      rate = 0.02; } ); };'
table deals date,person,amount,cancelled 2025-01-15,anna,120000, 2025-01-20,ben,120000,2025-02-10 \
    2025-06-01,anna,0,
pay --plan recurring
paid 0.00 anna 2025-01
paid 200.00 anna 2025-02
paid 600.00 anna
paid 200.00 ben

# Book: 100,000 and 50,000 signed in January, 15,000 grown and 50,000 lost in March: the net
# retention of the year is .767 (1 - .233), the gross one .667. What is signed and cancelled within a
# month was never in it.
for metric in net_retention gross_retention; do
    plans "book = { components = (
        { type = \"bonus\"; metric = \"$metric\"; period = \"year\"; target = 30000.0;
          payout = ( [0, 0], [1, 1] ); } ); };"
    table deals date,person,kind,amount,cancelled 2025-01-15,anna,new,100000, \
        2025-01-20,anna,new,50000,2025-03-20 2025-03-02,anna,expansion,15000, \
        2025-04-05,anna,new,70000,2025-04-20 2025-12-31,anna,renewal,100000,
    pay --plan book
    if [ $metric = net_retention ]; then paid 23000.00 anna; else paid 20000.00 anna; fi
done
# Managed revenue: a twelfth of the book at the beginning of the month.
plans 'managed = { components = (
    { type = "commission"; metric = "managed_revenue"; period = "month"; rate = 0.01; } ); };'
pay --plan managed
paid 125.00 anna 2025-02
paid 125.00 anna 2025-03
paid 95.83 anna 2025-04

# Measures: satisfaction, profit, objectives; phantom shares at their price.
plans 'mixed = { components = (
    { name = "care"; type = "bonus"; metric = "satisfaction"; period = "year"; target = 1000.0;
      payout = ( [7, 0], [9, 1] ); },
    { name = "profit"; type = "commission"; metric = "profit"; period = "year";
      tiers = ( [0, 0.045], [15000000, 0.065] ); },
    { name = "goals"; type = "objectives"; period = "year"; target = 10000.0; objectives = (
      { name = "launch"; weight = 40; }, { name = "team"; weight = 30; },
      { name = "forecast"; weight = 30; } ); },
    { name = "phantom"; type = "shares"; settlement = "phantom"; units = 100; vesting_months = 12;
      cliff_months = 12; step_months = 12; every_months = 12; } ); };'
table deals date,person,amount 2025-01-15,anna,1 2025-12-31,anna,1
table measures month,person,metric,product,value 2025-03,anna,satisfaction,,7.5 \
    2025-09,anna,satisfaction,,8.5 2025-06,,profit,,20000000 2025-12,,profit,,15000000 \
    2025-12,anna,objective,launch,100% 2025-12,anna,objective,team,150% \
    2025-12,anna,objective,forecast,0 2025-01,,share_price,,30 2025-12,,share_price,,40
pay --plan mixed --measures measures.csv
paid 500.00 anna 2025-12 care
paid 1975000.00 anna 2025-12 profit
paid 8500.00 anna 2025-12 goals
paid 4000.00 anna 2025-12 phantom

# A team's bonus, divided by salaries: attainment of the team over the sum of its quotas.
plans 'team = { components = (
    { type = "bonus"; metric = "new_revenue"; scope = "team"; period = "month"; target = 120000.0;
      payout = ( [0, 0], [2, 2] ); share_by = "salary"; } ); };'
table deals date,person,amount 2025-01-15,anna,9000 2025-01-16,ben,1000
table people person,team,salary,quota anna,n,30000,60000 ben,n,20000,60000
pay --people people.csv --plan team
paid 6000.00 anna
paid 4000.00 ben

# Employment by months, and who leaves: quota and target of two months of the quarter, pro rata.
plans 'leave = { components = (
    { type = "bonus"; metric = "new_revenue"; period = "quarter"; target = 12000.0; quota = 30000.0;
      payout = ( [0, 0], [2, 2] ); good_leaver = "pro_rata"; } ); };'
table deals date,person,amount 2025-01-15,anna,10000 2025-01-15,ben,10000 2025-01-15,carl,10000 \
    2025-02-15,carl,10000 2025-03-31,carl,10000 2025-03-31,dora,10000
table people person,start,end,leaver anna,2020-01-01,2025-02-28,good ben,2020-01-01,2025-02-28,bad \
    carl,2020-01-01,, dora,2025-02-15,,
pay --people people.csv --plan leave
paid 1000.00 anna 2025-02
paid 0.00 ben
paid 3000.00 carl 2025-03
paid 1000.00 dora 2025-03

# A fiscal year from April: the year is paid in March. A credit note is no customer.
plans 'units = { components = (
    { type = "commission"; metric = "new_customers"; period = "year"; rate = 10.0; } ); };'
table deals date,person,amount 2025-04-01,anna,100 2026-03-31,anna,50 2026-03-31,anna,-50
pay --plan units --set simulation.fiscal_year_start=4
paid 20.00 anna 2026-03
pay --plan units
paid 10.00 anna 2025-12
of_kind 10.00 accrued

# A team's satisfaction is the mean of its people; the firm's own row stands for the firm.
for scope in team firm; do
    plans "care = { components = (
        { type = \"bonus\"; metric = \"satisfaction\"; scope = \"$scope\"; period = \"month\";
          target = 12000.0; payout = ( [7, 0], [9, 1] ); } ); };"
    table people person,team anna,n ben,n carl,s
    table deals date,person,amount 2025-01-15,anna,1
    table measures month,person,metric,value 2025-01,anna,satisfaction,7.5 \
        2025-01,ben,satisfaction,8.5 2025-01,carl,satisfaction,9 2025-01,,satisfaction,7.5
    pay --plan care --people people.csv --measures measures.csv
    if [ $scope = team ]; then paid 500.00 anna; else paid 250.00 carl; fi
done
