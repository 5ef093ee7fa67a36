#!/usr/bin/env bash
# The rule by which dieharder's p-values are judged: the rows pass or fail, the counter-model must
# fail. dieharder and the rows are played by small programs.
set -euo pipefail

mkdir bin
cat >bin/rows <<'END'
#!/bin/bash
echo "$1"
END
cat >bin/dieharder <<'END'
#!/bin/bash
while (($# > 0)); do
    case $1 in
    -g) source=$2 ;;
    -p) samples=$2 ;;
    esac
    shift
done
order=aes
[[ $source == 205 ]] || read -r order
echo "test_name|p-value"
sed -n "s/^$order $samples /some_test|/p" values
END
chmod +x bin/*

# judge EXIT SENTENCE VALUES: each value a line of order, samples, p-value
judge() {
    local expected=$1 sentence=$2 code=0
    shift 2
    printf '%s\n' "$@" >values
    PATH=$PWD/bin:$PATH ORDERS='aes months' TESTS=0 "$ROOT/scripts/check-random" bin/rows \
        >output 2>&1 || code=$?
    if ((code != expected)) || ! grep -qF "$sentence" output; then
        cat output
        echo "exit $code instead of $expected, or not there: $sentence"
        exit 1
    fi
}

judge 0 '| months | 1 | 0.4 | 0 | 0 | 0 | passes |' \
    'aes 100 0.5' 'months 100 0.6' 'increments 100 0.0'
grep -q '| increments | 1 | 0 | 1 | 0 | 1 | fails |' output
grep -q 'The counter-model fails in: some_test.' output
# a value at either end
judge 1 'Not as it must be: months.' 'aes 100 0.5' 'months 100 0.0002' 'increments 100 0.0'
judge 1 'Not as it must be: months.' 'aes 100 0.5' 'months 100 0.9998' 'increments 100 0.0'
# a weak one is tried again
judge 0 '| months | 1 | 0.002 | 1 | 1 | 0 | passes |' \
    'aes 100 0.5' 'months 100 0.002' 'months 400 0.002' 'increments 100 0.0'
judge 1 'Not as it must be: months.' \
    'aes 100 0.5' 'months 100 0.002' 'months 400 0.0004' 'increments 100 0.0'
# a test that sees nothing, and one that is wrong
judge 1 'Not as it must be: increments.' 'aes 100 0.5' 'months 100 0.5' 'increments 100 0.1'
judge 1 'Not as it must be: aes.' 'aes 100 1.0' 'months 100 0.5' 'increments 100 0.0'
judge 1 'dieharder gave no p-value' 'aes 100 0.5' 'increments 100 0.0'
