#!/usr/bin/env bash
# The gate on instructions passes within its limit, fails above it, and says what to do.
set -euo pipefail

mkdir -p scripts tests/bench bin
cp "$ROOT/scripts/instructions" scripts/instructions
printf '#!/usr/bin/env bash\nexit 0\n' >program
# A valgrind that counts what the file `count` says.
# shellcheck disable=SC2016
printf '#!/usr/bin/env bash\necho "==1== Collected : $(cat "%s/count")" >&2\n' "$PWD" >bin/valgrind
chmod +x program bin/valgrind
export PATH=$PWD/bin:$PATH

echo 200000000 >count
scripts/instructions --update program >output
grep -qxE 'dynamic +200\.0' tests/bench/instructions.txt ||
    { echo "the list is not written"; cat tests/bench/instructions.txt; exit 1; }

echo 209000000 >count
scripts/instructions program >output || { echo "refused 4.5 % more"; cat output; exit 1; }
grep -qF '209.0 million instructions, +4.5 %' output || { cat output; exit 1; }

echo 211000000 >count
if scripts/instructions program >output; then
    echo "accepted 5.5 % more"
    exit 1
fi
grep -qF 'make instructions UPDATE=1' output || { cat output; exit 1; }

sed -i /dynamic/d tests/bench/instructions.txt
echo 200000000 >count
if scripts/instructions program >output; then
    echo "accepted a run that is not in the list"
    exit 1
fi
grep -q '^dynamic .*is not in the list' output || { cat output; exit 1; }
