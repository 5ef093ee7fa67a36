#!/bin/sh
# check says ok with an overview; parameters lists every one; the scenarios of the project are fine.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"

for file in "$root"/scenarios/*.cfg "$root"/scenarios/evidence/*.cfg; do
    expect 0 "$ANREIZ" check "$file"
    printed '^ok: '
done
expect 0 "$ANREIZ" check "$scenario" --set simulation.years=4
printed 'short_term_bonus'
printed '4 years'
printed 'sales'
printed 'key'
expect 0 "$ANREIZ" parameters
printed 'simulation.years'
printed 'roles'
expect 0 "$ANREIZ" parameters --markdown
printed '^#'
printed '|'
