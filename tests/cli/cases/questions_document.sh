#!/bin/sh
# Every command of docs/questions.md works, with few histories, and draws what is shown there.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
ln -s "$root/scenarios" "$root/configs" .
mkdir build
ln -s "$ANREIZ" build/anreiz
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$root/docs/questions.md" |
    sed 's/--replications [0-9]*/--replications 4/' >commands
[ "$(grep -c anreiz commands)" -ge 8 ] || fail "the commands were not found"
expect 0 sh -eu commands
for picture in plans/difference_profit break_even/sweep_map_difference criteria/sweep_difference \
    handover/difference_profit hiring/sweep_difference career/difference_equity selection/sweep \
    our_five_kam/difference_equity; do
    [ -s results/$picture.gp ] || fail "no script $picture"
done
sed -n 's/.*(images\/\([a-z_]*\.png\)).*/\1/p' "$root/docs/questions.md" >images
while read -r image; do
    [ -s "$root/docs/images/$image" ] || fail "docs/images/$image is not there"
done <images
# Every scenario is named there or extends one that is.
for scenario in "$root"/scenarios/*.cfg; do
    name=$(basename "$scenario" .cfg)
    grep -q "$name" "$root/README.md" || fail "README.md does not name $name"
done
