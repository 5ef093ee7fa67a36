#!/bin/sh
# Every command of docs/sensitivity.md works as it stands there.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
ln -s "$root/scenarios" "$root/configs" .
mkdir build
ln -s "$ANREIZ" build/anreiz
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$root/docs/sensitivity.md" >commands
[ "$(grep -c anreiz commands)" -ge 5 ] || fail "the commands were not found"
expect 0 sh -eu commands
printed "sensitivity scenarios/long_term_kam.cfg --method sobol"
printed '"measure": "at_high"'
for name in screening shares gain levels; do
    [ -s results/$name/sensitivity.gp ] || fail "$name: no script of a picture"
    if command -v gnuplot >/dev/null; then
        [ -s results/$name/sensitivity.png ] || fail "$name: no picture"
    fi
done
