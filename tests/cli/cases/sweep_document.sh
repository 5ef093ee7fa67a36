#!/bin/sh
# Every command of docs/sweep.md works as it stands there.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
ln -s "$root/scenarios" "$root/configs" .
mkdir build
ln -s "$ANREIZ" build/anreiz
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$root/docs/sweep.md" >commands
[ "$(grep -c anreiz commands)" -ge 8 ] || fail "the commands were not found"
expect 0 sh -eu commands
[ -s results/lines/sweep_difference.gp ] || fail "no script of a picture"
[ -s results/pays/sweep_map_difference.gp ] || fail "no script of a map"
if command -v gnuplot >/dev/null; then
    [ -s results/pays/sweep_map_difference.png ] || fail "no map"
fi
