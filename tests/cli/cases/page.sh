#!/bin/sh
# report.html: what is in it, in which language, and how pictures come into it.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"

tiny='--set simulation.years=1 --replications 4 --quiet'

page_has() {
    grep -q -e "$2" "$1/report.html" || fail "$1/report.html does not say \"$2\""
}
page_lacks() {
    ! grep -q -e "$2" "$1/report.html" || fail "$1/report.html says \"$2\""
}

# One file with question, answer and assumptions; without pictures nothing promises any.
# shellcheck disable=SC2086 # the words of $tiny are options
expect 0 "$ANREIZ" run "$scenario" $tiny --set 'question="</h1><script>alert(1)</script>"' \
    --no-plots --out "$folder/run"
page_has "$folder/run" '<h1>&lt;/h1&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>'
page_has "$folder/run" '<section id="pictures" hidden>'
page_has "$folder/run" 'Salary of 49,800 a year'
page_has "$folder/run" '<code>roles.kam.effort.cost</code>'
page_has "$folder/run" 'roles.kam.preferences.discount</code></td><td data-v="[.0-9]*">[.0-9]* <span class="unit">a year<'
page_has "$folder/run" '<span class="unit">currency a year</span>'
page_lacks "$folder/run" '<svg'
page_lacks "$folder/run" "$folder"

# The manifest of a run gives the same page again.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$folder/run" --quiet --no-plots --out "$folder/again"
cmp "$folder/run/report.html" "$folder/again/report.html" || fail "the page differs"

# A plan that changes at a date is told with its date, and that it pays later.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$root/scenarios/plan_change.cfg" $tiny --set simulation.years=2 --no-plots \
    --out "$folder/change"
page_has "$folder/change" '<h4>From month 13 on</h4>'
page_has "$folder/change" 'kam, kam_lti: performance cash: 9,000 at target'
page_has "$folder/change" 'No published study measures'
page_lacks "$folder/run" 'No published study measures'

# German reaches the page and the scripts of the pictures; what programs read stays as it is.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $tiny --language de --no-plots --out "$folder/two"
page_has "$folder/two" '<html lang="de">'
page_has "$folder/two" 'Welcher Plan ist der beste'
page_has "$folder/two/long_term_kam" '<html lang="de">'
grep -q "set decimalsign ','" "$folder/two/revenue.gp" || fail "numbers of pictures are not German"
grep -q 'Wie viel Umsatz' "$folder/two/revenue.gp" || fail "titles of pictures are not German"
grep -q ',0\.' "$folder/two/comparison.csv" || fail "tables have no decimal point"

# shellcheck disable=SC2086
expect 0 "$ANREIZ" sweep "$scenario" $tiny --vary roles.kam.headcount=8,12 --metrics profit \
    --no-plots --out "$folder/sweep"
page_has "$folder/sweep" 'How do results follow roles.kam.headcount?'
page_has "$folder/sweep" 'profit has its highest mean'

# Two plans, lower is better, more parameters than one picture has.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sweep "$scenario" --against "$other" $tiny --metrics turnover,npv \
    --vary roles.kam.headcount=8,12 --vary firm.wacc=0.05,0.1 --language de --no-plots \
    --out "$folder/map"
page_has "$folder/map" 'Fluktuation: long_term_kam ist an'
grep -q 'Was ändert sich mit' "$folder/map/sweep_map_difference.gp" || fail "the map is not German"
grep -q "'Kapitalwert, Währung'" "$folder/map/sweep_map_difference.gp" || fail "a map without a unit"
grep -q "set format cb '%+g PP'" "$folder/map/sweep_map_difference.gp" || fail "a bar without a unit"

# Where the plans are even stands in the answer as on the screen; metrics that do not fit are named.
expect 0 "$ANREIZ" sweep "$root/scenarios/our_five_kam.cfg" \
    --against "$root/scenarios/our_five_kam_lti.cfg" --set simulation.years=3 --replications 4 \
    --quiet --metrics pay_cost,npv,profit --no-plots --language de --out "$folder/even" \
    --vary 'plans.kam_lti.components.[0].target=1000,90000'
printed 'pay_cost: no difference at .*target = [0-9]*,[0-9]* '
printed 'In sweep.csv too: profit'
page_has "$folder/even" '<p class="even">Vergütungskosten: kein Unterschied bei .*target = [0-9]*\.[0-9]* '

# Pictures come into the page when they are drawn, at once or later.
if command -v gnuplot >/dev/null; then
    expect 0 "$ANREIZ" plot "$folder/sweep" --quiet
    page_has "$folder/sweep" '<svg role="img"'
    page_has "$folder/sweep" '<section id="pictures">'
fi

# It can be left out, and what was there before goes.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $tiny --no-plots --no-report --force --out "$folder/run"
absent "$folder/run/report.html"

expect 2 "$ANREIZ" run "$scenario" --language fr
said 'en (English) or de (German)'
printed_nothing
