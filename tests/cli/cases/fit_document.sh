#!/bin/sh
# Every command of docs/fit.md works as it stands there.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
ln -s "$root/scenarios" "$root/configs" .
mkdir build results
ln -s "$ANREIZ" build/anreiz
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$root/docs/fit.md" >commands
[ "$(grep -c anreiz commands)" -ge 6 ] || fail "the commands were not found"
expect 0 sh -eu commands
printed 'beta_a = 0.6681;'
printed 'in the 50 % band'
[ -s results/fitted/fitted.cfg ] || fail "no configuration"
[ -s results/backtest/backtest.csv ] || fail "no table of later years"
