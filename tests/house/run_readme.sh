#!/usr/bin/env bash
# The sh blocks of README and documents are executed in order on a copy, others are not, and a failing
# one fails.
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

<!-- not run: it would stop everything -->
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

# Documents: a folder of their own each, and a program that is asked for few histories only.
cat >program <<'END'
#!/bin/sh
echo "asked: $*" >&2
END
chmod +x program
export ANREIZ=$PWD/program
cat >checkout/one.md <<'END'
```sh
build/anreiz run a.cfg --replications 1000 --quiet
build/anreiz compare a.cfg b.cfg --replications=2
touch left
```
```sh
build/anreiz sweep a.cfg
build/anreiz run a.cfg --precision revenue=1%
build/anreiz trace a.cfg --replication 7
```
END
cat >checkout/two.md <<'END'
```sh
[ ! -e left ]
echo something >other
```
<!-- leaves: other -->
END
"$run" --few 4 checkout/one.md checkout/two.md >output 2>asked
[[ $(tail -n 1 output) == "3 passed, 0 failed" ]]
diff asked - <<'END'
asked: run a.cfg --replications 4 --quiet
asked: compare a.cfg b.cfg --replications=2
asked: sweep a.cfg --replications 4
asked: run a.cfg --precision revenue=1%
asked: trace a.cfg --replication 7
END

# What is not executed needs a reason, and a command does not hide in another block.
cat >checkout/hides.md <<'END'
<!-- not run -->
```sh
exit 1
```
Indented:

    anreiz run scenarios/hybrid.cfg

```text
build/anreiz check scenarios/hybrid.cfg
anreiz run SCENARIO
```

<!-- not run: a key that cannot be pressed here -->
```text
anreiz run scenarios/hybrid.cfg --set roles.<TAB>
```
END
if "$run" --few 4 checkout/one.md checkout/hides.md >output 2>/dev/null; then
    echo "a document that hides commands passed"
    exit 1
fi
[[ $(tail -n 1 output) == "2 passed, 3 failed" ]]
[[ $(sed -nE 's/^failed: .*hides.md:([0-9]+): .*/\1/p' output) == $'1\n7\n10' ]]
# What a document shows as printed comes out, in its order; what stands behind it is not run.
cat >checkout/shows.md <<'END'
```sh
printf '%s\n' one two '' three
```

<!-- prints -->
```text
one

three
```

```sh
exit 1
```
END
"$run" --printed checkout/one.md checkout/shows.md >output
[[ $(tail -n 1 output) == "2 passed, 0 failed" ]]
sed 's/^one$/four/' checkout/shows.md >checkout/turned.md
sed -i 's/^three$/one/' checkout/shows.md
cat >checkout/nothing.md <<'END'
<!-- prints -->
```sh
true
```
END
for document in shows turned; do
    if "$run" --printed "checkout/$document.md" >output; then
        echo "a document that shows what is not printed passed: $document"
        exit 1
    fi
    [[ $(tail -n 1 output) == "1 passed, 1 failed" ]]
done
[[ $(tail -n 2 output | head -n 1) == four ]]
if "$run" checkout/nothing.md >output; then
    echo "a mark without what it marks passed"
    exit 1
fi
[[ $(tail -n 1 output) == "1 passed, 2 failed" ]]

cat >>checkout/two.md <<'END'

```sh
: >empty
```

<!-- leaves: other empty missing -->
END
if "$run" --few 4 checkout/two.md >output; then
    echo "a document that does not leave its files passed"
    exit 1
fi
[[ $(tail -n 1 output) == "2 passed, 2 failed" ]]
[[ $("$run" --list checkout/two.md | grep -c .) == 3 ]]
