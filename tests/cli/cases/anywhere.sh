#!/bin/sh
# Options in any order; the program works from any folder and through a link.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --seed 3 --summary --metrics turnover
cp out expected
# shellcheck disable=SC2086
expect 0 "$ANREIZ" --seed 3 $small run --metrics turnover --summary "$scenario"
cmp -s out expected || fail "the order of options matters"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run --seed=3 --summary "$scenario" --metrics=turnover $small
cmp -s out expected || fail "the order of options matters"

ln -s "$ANREIZ" linked
mkdir -p a/b
(
    cd a/b
    # shellcheck disable=SC2086
    expect 0 ../../linked run "$scenario" $small --out ../run --no-plots
)
[ -s a/run/style.gp ] || fail "no style beside the scripts"
(
    cd "$(dirname "$scenario")"
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" run short_term_bonus.cfg $small --out "$folder/a/beside" --no-plots
)
same_bytes a/run a/beside
