#!/bin/sh
# A firm that starts with real people and customers: what is read is said, the run needs its tables no
# more, people have names, and threads change no byte.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
cp -r "$root/configs" .
mkdir scenarios
cp -r "$root/scenarios/data" "$root/scenarios/short_term_bonus.cfg" "$root"/scenarios/our_five_kam*.cfg \
    scenarios
five=scenarios/our_five_kam.cfg

expect 0 "$ANREIZ" check "$five"
printed '^  kam  *5  on plan kam_quarterly_bonus$'
printed '^  key  *40  and 120 prospects$'
printed '^start: 2026-01-01  5 people, 40 accounts, identity [0-9a-f]\{16\}$'
printed '^  kam  *5 people, of 5 the salary, of 4 the attainment; 2 with unvested awards of 30000.00$'
sum=$(awk -F, 'NR > 1 { sum += $5 } END { printf "%.2f", sum }' scenarios/data/kam_accounts.csv)
printed "^  revenue read: $sum a year\$"

# From elsewhere the paths are still those of the scenario.
(cd / && expect 0 "$ANREIZ" check "$folder/$five")

# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$five" scenarios/our_five_kam_lti.cfg $small --no-plots --out two --threads 2
printed 'our_five_kam_lti against the baseline our_five_kam'
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$five" scenarios/our_five_kam_lti.cfg $small --no-plots --out one --threads 1
same_bytes one two
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$five" $small --no-plots --out run

expect 0 "$ANREIZ" trace "$five" --set simulation.years=2 --employee amira.haddad
printed '^amira.haddad: role kam on plan kam_quarterly_bonus$'
printed 'here from the start, for 63 months'
printed ' 9000.00'
expect 0 "$ANREIZ" trace "$five" --set simulation.years=2 --employee kam-3
printed '^amira.haddad: role kam'
# Letters of more than one byte take one column.
for table in people accounts; do
    sed 's/paul.nowak/Päul Nöwäk-Längerich zu Übermaß/' scenarios/data/kam_$table.csv >$table.csv
done
expect 0 "$ANREIZ" trace "$five" --set start.people=people.csv --set start.accounts=accounts.csv
printed '^ *[0-9]*  Päul Nöwäk-Länger…  [a-z]'
expect 2 "$ANREIZ" trace "$five" --employee amira.hadad
said 'did you mean amira.haddad?'

expect 0 "$ANREIZ" explain "$five" --role kam

# What if nobody had anything to lose, or another firm were asked about?
sed 's/,12000,2026-12-31/,,/' scenarios/data/kam_people.csv >others.csv
expect 0 "$ANREIZ" run "$five" --replications 2 --summary --metrics revenue \
    --set start.people=others.csv
printed 'start.people.*revenue'
printed ',others.csv,'

# Contradictions and mistakes say what to do.
expect 2 "$ANREIZ" check "$five" --set roles.kam.headcount=6
said 'leave the headcount out and it follows'
expect 2 "$ANREIZ" check "$five" --set start.people=nowhere.csv
said 'nowhere.csv cannot be read'
sed 's/jakob.stein/jacob.stein/' scenarios/data/kam_people.csv >others.csv
expect 2 "$ANREIZ" check "$five" --set start.people=others.csv
said 'kam_accounts.csv:[0-9]*: owner: there is no "jakob.stein" .*did you mean jacob.stein'

# The tables may go: the manifest holds what was read.
rm -r scenarios/data others.csv
expect 0 "$ANREIZ" run run --no-plots --out again
same_bytes run again
# The plans that people had until today are in it, also when nobody is paid by them any more.
expect 0 "$ANREIZ" run two/our_five_kam_lti --summary
expect 2 "$ANREIZ" check "$five"
said 'kam_people.csv cannot be read'
said 'kam_accounts.csv cannot be read'
