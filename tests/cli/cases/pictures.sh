#!/bin/sh
# The pictures of a run and of a comparison, the summary in other locales, and --terminal.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
small='--set simulation.years=2 --replications 3'

# From the revenue all items lead to the profit, in a run and in a comparison.
leads_to_profit() {
    awk '/^#/ { end = ""; next } NF == 0 { next }
        $6 == 0 && $1 > 1 { gap = end - $3; size = $3 < 0 ? -$3 : $3
            if (gap > 1e-6 * size + 1e-3 || -gap > 1e-6 * size + 1e-3) bad = 1; found++ }
        { end = $3 } END { exit bad || found != columns }' "columns=$2" "$1" ||
        fail "$1: the bars do not end at the profit"
}

# shellcheck disable=SC2086
expect 0 env LC_ALL=C.UTF-8 "$ANREIZ" run "$other" $small --out run
printed '█'
cp out first
leads_to_profit run/waterfall.dat 1
for picture in waterfall activity pay vesting survival_staff survival_customers quarter; do
    [ -s "run/$picture.gp" ] || fail "no picture $picture"
    ! command -v gnuplot >/dev/null || [ -s "run/$picture.pdf" ] || fail "no $picture.pdf"
done

# Who is still there is counted over all histories: what three of them tell, one by one.
for replication in 1 2 3; do
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" trace "$other" --set simulation.years=2 --replication $replication --format csv
    cat out >>told
done
counted=$(awk -F, '{ key = $3 "," $5 }
    $6 == "hired" && $8 == "vacancy" && $5 ~ /^sales-/ { joined[key] = $4 }
    $6 == "exit" && $8 == "tenure" { left[key] = $4 }
    END { for (k in joined) if (joined[k] <= 12) {
            came++; there += !(k in left) || left[k] > joined[k] + 12 }
        printf "%.12f", there / came }' told)
drawn=$(awk '/, sales$/ { here = 1 } here && $1 == 1 { printf "%.12f", $2; exit }' run/survival_staff.dat)
[ "$counted" = "$drawn" ] || fail "still there: $drawn are drawn, $counted are told"

# The same results are the same bytes: a PDF that tells its date in the clear tells a fixed one.
if grep -aq 'CreationDate (D:' run/waterfall.pdf 2>/dev/null; then
    grep -aq 'CreationDate (D:20000101000000Z' run/waterfall.pdf || fail "a PDF tells when it was drawn"
fi

# Signs that every terminal has, in as many columns; the same in a pipe, and no colour anywhere.
# shellcheck disable=SC2086
expect 0 env LC_ALL=C "$ANREIZ" run "$other" $small --out run --force --no-plots
! grep -q -e '▁' -e '▄' -e '█' out || fail "columns in UTF-8 without such a locale"
[ "$(LC_ALL=C.UTF-8 sed 's/[^ ]/x/g' out)" = "$(LC_ALL=C.UTF-8 sed 's/[^ ]/x/g' first)" ] ||
    fail "another table with other signs"
LC_ALL=C.UTF-8 grep -q '.\{81\}' out && fail "more than 80 columns"

# One value makes no line: turnover of twelve months in one year. Names have their plan's colour.
one='--set simulation.years=1 --set simulation.effort=none --replications 2 --no-plots'
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$other" $one --out one
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $one --out two
for script in one/turnover one/retention two/difference_turnover; do
    grep -q 'boxxyerror' $script.gp || fail "$script: no box"
    ! grep -q 'filledcurves' $script.gp || fail "$script: a band of one value"
done
grep -q 'plan_colour\[2\] linewidth 2.8' two/turnover.gp || fail "two/turnover: no mark"
grep -q 'filledcurves' one/revenue.gp || fail "twelve values are a line"
[ "$(grep -c 'right offset -1,0 textcolor rgb plan_text\[[12]\]' two/decision.gp)" -eq 2 ] ||
    fail "names without the colours of their plans"

# The page of pictures names all.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $small --out both --no-plots
for script in run/*.gp both/*.gp; do
    picture=$(basename "$script" .gp)
    [ "$picture" = style ] || grep -q "\`$picture\`" "$root/docs/pictures.md" ||
        fail "docs/pictures.md does not tell how to read $picture"
done
sed -n 's/.*(images\/\([a-z_]*\.png\)).*/\1/p' "$root/docs/pictures.md" >images
while read -r image; do
    [ -s "$root/docs/images/$image" ] || fail "docs/images/$image is not there"
done <images

# A role is the same by its name, wherever it stands in its scenario.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$root/scenarios/handover_shared.cfg" $small --out roles --no-plots
grep -q "'short_term_bonus: kam'" roles/vesting.gp || fail "the baseline's role is another one"
grep -q "'handover_shared: kam'" roles/vesting.gp || fail "the role with awards is not drawn"

if command -v gnuplot >/dev/null; then
    # shellcheck disable=SC2086
    expect 0 env TERM=xterm "$ANREIZ" run "$other" $small --out run --force --no-plots --terminal dumb
    printed '^Revenue, month by month'
    printed '\*\*\*\*\*'
    ! grep -q '[[:cntrl:]]' out || fail "escape sequences in the terminal's picture"
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" compare "$scenario" "$other" $small --out both --force --terminal=dumb --quiet
    printed '^Profit less that of short_term_bonus'
    printed '^A long_term_kam'
    leads_to_profit both/waterfall.dat 1
    for picture in difference_pay waterfall; do
        [ -s "both/$picture.svg" ] || fail "no $picture.svg"
    done
    # Several pictures in one page: their own parts have names of their own.
    for picture in both/*.svg; do
        grep -o '<g id="[a-z_0-9]*_plot_[0-9a-z]*"' "$picture" | sort -u
    done | sort | uniq -d >doubles
    [ ! -s doubles ] || fail "parts of pictures share a name: $(head -n 3 doubles)"
fi

# Not a terminal: auto draws nothing.
# shellcheck disable=SC2086
expect 0 env TERM=xterm "$ANREIZ" run "$other" $small --out run --force --no-plots --terminal auto
! grep -q 'month by month' out || fail "auto draws into a file"

expect 2 "$ANREIZ" run "$other" --terminal colour
said 'write dumb'
for alone in --summary --format=csv --dry-run --shard=1/2; do
    expect 2 "$ANREIZ" run "$other" --terminal dumb "$alone" --out never
    said 'terminal draws below the table'
done
expect 2 "$ANREIZ" compare "$scenario" "$other" --terminal dumb --format json --out never
said 'terminal draws below the table'
expect 2 "$ANREIZ" compare "$scenario" "$other" --terminal colour --out never
absent never
