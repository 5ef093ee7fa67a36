#!/bin/sh
# Dated changes: checked, explained, told, compared and drawn; a manifest with them runs again.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
moved=$root/scenarios/plan_change.cfg

expect 0 "$ANREIZ" check "$moved"
printed 'month 13: long-term plan for kam'
printed 'roles.kam.plan: "kam_quarterly_bonus" -> "kam_lti"'
expect 2 "$ANREIZ" check "$moved" --set 'changes.[0].set.simulation.seed=3'
said 'changes.\[0\].set.simulation.seed: cannot change at a date'
expect 2 "$ANREIZ" check "$moved" --set 'changes.[0].set.roles.kam.plan=kam_lt'
said 'did you mean kam_lti?'

# The plan of a month.
expect 0 "$ANREIZ" explain "$moved" --role kam
printed 'plan kam_quarterly_bonus'
printed 'until month 12; --month 13'
expect 0 "$ANREIZ" explain "$moved" --role kam --month 12
printed 'plan kam_quarterly_bonus'
expect 0 "$ANREIZ" explain "$moved" --role kam --month 13
printed 'plan kam_lti'
expect 0 "$ANREIZ" explain "$moved" --role kam --month 13 --format csv
head -n 1 out | grep -q '^scenario,role,plan' || fail "rows do not begin with their header"
expect 2 "$ANREIZ" explain "$moved" --role kam --month 61
said 'the simulation has 60 months'

# The books: as the baseline before the change, as its own manifest after it, for any threads.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$moved" $small --out both --threads 2
months() { awk -F, 'NR > 1 && $4 < 13' "$1" | sort; }
months both/short_term_bonus/monthly.csv >before
months both/plan_change/monthly.csv >changed
[ -s before ] || fail "there are no months before"
[ -z "$(comm -23 before changed)" ] || fail "the months before are different"
# What is new are the components that the later plan brings.
comm -13 before changed |
    sed -e '/^[a-z_]*\.performance cash,kam,/d' -e '/^[a-z_]*\.shares,kam,/d' >other
[ ! -s other ] || fail "the months before have other series: $(head -n 1 other)"
grep -q '^lti_granted.shares,kam,all,12,' changed || fail "the later plan has no series"
cmp -s both/short_term_bonus/monthly.csv both/plan_change/monthly.csv && fail "nothing changes"
expect 0 "$ANREIZ" run both/plan_change/manifest.cfg --out again --no-plots --threads 1
for file in monthly.csv annual.csv manifest.cfg; do
    cmp -s both/plan_change/$file again/$file || fail "$file of the manifest is different"
done

# A line where it begins, and its name; the months of a scenario without changes have none.
grep -q "^s[0-9]* = 'long-term plan for kam'" both/turnover.gp || fail "the change has no name"
grep -q 'set arrow 50 from first 12.5,graph 0' both/turnover.gp || fail "the change is not marked"
grep -q 'set arrow 50 from first 1.5,graph 0' both/difference_equity.gp || fail "nor in years"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --out plain --no-plots
grep -q 'set arrow 50' plain/turnover.gp && fail "a mark without a change"

# Told to everybody concerned.
expect 0 "$ANREIZ" trace "$moved" --set simulation.years=2
printed '   13  the firm            change: long-term plan for kam'
for person in kam-1 kam-2 kam-3 kam-4; do
    expect 0 "$ANREIZ" trace "$moved" --set simulation.years=2 --employee $person
    wide=$(awk 'length > 80' out)
    [ -z "$wide" ] || fail "wider than a terminal: $wide"
    if grep -q 'change: long-term plan' out; then
        printed 'from month 13 on plan kam_lti'
        told=yes
    fi
done
[ "${told:-no}" = yes ] || fail "no key account manager is told of the change"
