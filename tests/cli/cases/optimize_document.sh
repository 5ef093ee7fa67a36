#!/bin/sh
# Every command of docs/optimize.md works as it stands there.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
ln -s "$root/scenarios" "$root/configs" .
mkdir build
ln -s "$ANREIZ" build/anreiz
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$root/docs/optimize.md" >commands
[ "$(grep -c anreiz commands)" -ge 3 ] || fail "the commands were not found"
expect 0 sh -eu commands
[ -s results/staff/optimize.gp ] || fail "no script of a picture"
[ -s results/front/pareto.csv ] || fail "no front"
if command -v gnuplot >/dev/null; then
    [ -s results/front/pareto.png ] || fail "no picture of the front"
fi
