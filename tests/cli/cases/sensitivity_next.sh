#!/bin/sh
# sensitivity: the command that follows a screening, and what a group of parameters stands for.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
small='--set simulation.years=1 --set simulation.effort=none --replications 3 --metrics npv,turnover.kam'

# The command that follows asks about the same values.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" sensitivity "$scenario" --against "$other" --vary segments.key.churn \
    --vary roles.kam.turnover.annual=0.1:0.2 --vary firm.wacc --vary handover.loss --size 2 $small \
    --seed 3 --set 'question=it'\''s "one"' --no-plots --out gain
command=$(sed -n 's/^anreiz /"$ANREIZ" /; /^"$ANREIZ" sensitivity/,$p' out)
printf "%s\n" "$command --size 2 --no-plots --out next" >next.sh
export ANREIZ
expect 0 sh ./next.sh
printed '^Values are what it has more than short_term_bonus '
printed '^3 histories of 1 year each, seed 3;'
printed '^turnover.kam '
for asked in gain next; do
    sed '/^manifest = {/,$d' $asked/manifest-2.cfg >$asked.cfg
done
cmp -s gain.cfg next.cfg || fail "the command that follows asks about another firm"

# A group leaves out what the firm decides and what contradicts others, unless it is named itself: the
# examples of the help are questions that can be asked.
expect 0 "$ANREIZ" sensitivity --help
for example in '--vary roles.kam --vary segments.key' '--method tornado --vary roles.kam'; do
    printed "^      $example\$"
done
expect 0 "$ANREIZ" sensitivity "$other" --vary roles.kam --vary segments.key --size 2 \
    --replications 2 --set simulation.years=1 --set simulation.effort=none --dry-run
for settled in headcount timing.hassle preferences.present_bias; do
    grep -q "roles.kam.$settled=" out && fail "$settled is varied with its group"
done
printed '^  roles.kam.turnover.annual='
expect 0 "$ANREIZ" sensitivity "$other" --method tornado --vary roles.kam.headcount --replications 2 \
    --set simulation.years=1 --set simulation.effort=none --dry-run
printed '^  roles.kam.headcount='
