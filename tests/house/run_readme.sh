#!/usr/bin/env bash
# The README's sh blocks are executed in order on a copy, others are not, and a failing one fails.
set -euo pipefail

mkdir -p checkout/scripts checkout/results
cp "$ROOT/scripts/run-readme" checkout/scripts/
run=checkout/scripts/run-readme

cat >checkout/README.md <<'END'
# Title

```sh
make demo     # pictures
make check    # tests
```

```text
exit 1
```

<!-- not run -->
```sh
exit 2
```

```sh
for i in 1 2; do
    echo "row $i" >>rows
done
```

```sh
cat rows   # of the block before
```
END

[[ $("$run" --test-command) == "make check" ]]
"$run" --skip 'make demo' --skip 'make check' >output
[[ $(tail -n 1 output) == "2 passed, 0 failed" ]]
[[ $(grep -c '^row [12]$' output) == 2 ]]
[[ ! -e checkout/rows ]]

cat >>checkout/README.md <<'END'

```sh
false
true
```
END
if "$run" --skip 'make demo' --skip 'make check' >output; then
    echo "a failing block passed"
    exit 1
fi
[[ $(tail -n 1 output) == "2 passed, 1 failed" ]]

echo '# no commands' >checkout/README.md
if "$run" --test-command || "$run"; then
    echo "a README without commands passed"
    exit 1
fi
