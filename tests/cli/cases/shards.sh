#!/bin/sh
# Shards, merged in any order, give the bytes of one run; shards that do not belong together do not.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
question="--set simulation.years=1 --replications 100 --no-plots"

# shard OUT I/N [OPTION ...]
shard() {
    out=$1
    part=$2
    shift 2
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" run "$scenario" $question --out "$out" --shard "$part" "$@"
}

# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $question --out whole
cp out whole.txt
for shards in 1 5 17; do # 13 blocks: four of seventeen shards are empty
    mkdir "$shards"
    for i in $(seq "$shards"); do
        shard "$shards/$i" "$i/$shards"
        said "shard $i/$shards"
        printed_nothing
    done
    # Not in their order, which the shell gives from 17 on.
    expect 0 "$ANREIZ" merge "$shards"/* --out "merged-$shards" --no-plots
    cmp -s out whole.txt || fail "other text after merging $shards shards"
    same_bytes whole "merged-$shards"
done
grep -q 'shard = 2L' 5/2/manifest.cfg || fail "the manifest does not tell of the shard"
grep -q 'first_replication = 25L' 5/2/manifest.cfg || fail "the manifest does not tell of its part"
[ "$(sed -n 2p 5/2/replications.csv | cut -d, -f1)" -eq 25 ] || fail "not the rows of the shard"
expect 0 "$ANREIZ" merge 1/1 --out csv --format csv --no-plots
[ "$(wc -l <out)" -eq 2 ] || fail "no row"

# The result never takes the place of a shard.
cp -r 5/2 kept
expect 2 "$ANREIZ" merge 5/* --out 5/2 --force --no-plots
said 'is the folder of shard 2, which would be lost'
diff -r kept 5/2 >difference || fail "a shard was changed: $(cat difference)"

# Nor does a damaged shard cost an earlier result.
cp -r merged-5 earlier
cp -r 5 broken
printf '0' | dd of=broken/4/replications.csv bs=1 seek=300 conv=notrunc 2>dd.err
expect 1 "$ANREIZ" merge broken/* --out merged-5 --force --no-plots
said 'not the rows that run.state tells of'
diff -r earlier merged-5 >difference || fail "an earlier result was changed: $(cat difference)"

# More than 1,024 histories, where parts of quantile sketches are put together.
question="$question --replications 2600 --set simulation.effort=none"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $question --out many
mkdir parts
for i in 1 2 3; do
    shard "parts/$i" "$i/3"
done
expect 0 "$ANREIZ" merge parts/* --out many-merged --no-plots
same_bytes many many-merged
question="--set simulation.years=1 --replications 100 --no-plots"

# What is wrong is named.
expect 2 "$ANREIZ" merge 5/1 5/3 5/5 --out wrong
said 'missing: shard 2/5, 4/5'
expect 2 "$ANREIZ" merge 5/* 5/3 --out wrong
said '5/3 and 5/3 both hold shard 3/5'
expect 2 "$ANREIZ" merge 5/1 17/2 --out wrong
said 'shard 2/17, but 5/1 1/5'
expect 2 "$ANREIZ" merge 5/1 whole --out wrong
said 'whole: holds a whole run'
mkdir nothing
expect 2 "$ANREIZ" merge nothing --out wrong
said 'not the folder of a shard'
shard other 2/5 --seed 9
expect 2 "$ANREIZ" merge 5/1 other 5/3 5/4 5/5 --out wrong
said 'other: another scenario than 5/1: "seed = 9;" there, "seed = 1;"'
cp -r 5/2 changed
sed -i '3s/[0-9]$/x/' changed/replications.csv
expect 1 "$ANREIZ" merge 5/1 changed 5/3 5/4 5/5 --out wrong
said 'simulate shard 2/5 again'
cp -r 5/2 damaged
printf 'x' | dd of=damaged/run.state bs=1 seek=30000 conv=notrunc 2>dd.err
expect 1 "$ANREIZ" merge 5/1 damaged 5/3 5/4 5/5 --out wrong
said 'damaged'
for option in '--seed 3' '--replications 5' '--set simulation.years=2'; do
    # shellcheck disable=SC2086
    expect 2 "$ANREIZ" merge 5/* --out wrong $option
    said 'the shards are simulated already'
done
for value in 0/5 6/5 5 x/5 1/0 1/ /3 1/5x; do
    expect 2 "$ANREIZ" run "$scenario" --shard $value --out wrong
    said "shard $value:"
done
absent wrong/monthly.csv wrong/summary.json
expect 2 "$ANREIZ" run "$scenario" --shard 1/5 --summary
said 'anreiz merge prints'

# A shard is resumed like a run.
shard 5/2 2/5 --resume
said 'nothing is left to do'
# shellcheck disable=SC2086
expect 2 "$ANREIZ" run "$scenario" $question --out 5/2 --shard 3/5 --resume
said 'holds shard 2/5, asked for is 3/5'
