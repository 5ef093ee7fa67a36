#!/bin/sh
# A folder that cannot be written is a clear failure before anything is simulated.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

echo text >file
for path in file file/below /proc/anreiz; do
    expect 1 timeout 20 "$ANREIZ" run "$scenario" --replications 100000000 --out "$path"
    said "$path"
    printed_nothing
done
[ "$(cat file)" = text ] || fail "the file was changed"
expect 1 timeout 20 "$ANREIZ" compare "$scenario" "$other" --replications 100000000 --out file/below
said 'file'
if [ "$(id -u)" -ne 0 ]; then # root may write everywhere
    mkdir closed
    chmod 555 closed
    expect 1 timeout 20 "$ANREIZ" run "$scenario" --replications 100000000 --out closed/run
    expect 1 timeout 20 "$ANREIZ" run "$scenario" --replications 100000000 --out closed
    said 'closed'
fi
