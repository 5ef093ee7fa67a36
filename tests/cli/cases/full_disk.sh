#!/bin/sh
# When the disk is full: exit code 1, a sentence, and no half file under a final name.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

# Each file is either not there or the whole file of the good run.
only_whole_files() {
    for file in "$1"/*; do
        case $file in
        *run.log | *'*') continue ;;
        esac
        cmp -s "$file" "good/$(basename "$file")" || fail "$file is half a file"
    done
    no_temporaries "$1"
}

# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --no-plots --out good

# A limit on the size of files, in blocks of 512 bytes; a write beyond it fails once its signal is
# ignored.
for blocks in 0 1 16 64; do
    rm -rf limited
    code=0
    # shellcheck disable=SC2086
    (
        trap '' XFSZ
        ulimit -f $blocks
        exec "$ANREIZ" run "$scenario" $small --no-plots --out limited
    ) >/dev/null 2>/dev/null || code=$?
    [ "$code" -eq 1 ] || fail "exit code $code with a limit of $blocks blocks"
    if [ -d limited ]; then
        only_whole_files limited
    fi
done

if [ -e /dev/full ]; then
    code=0
    # shellcheck disable=SC2086
    "$ANREIZ" run "$scenario" $small --summary >/dev/full 2>err || code=$?
    [ "$code" -eq 1 ] || fail "exit code $code when stdout is full"
    said 'No space left'
    for page in --help --version 'run --help' parameters; do
        code=0
        # shellcheck disable=SC2086
        "$ANREIZ" $page >/dev/full 2>err || code=$?
        [ "$code" -eq 1 ] || fail "exit code $code when stdout is full: $page"
    done
fi

# A disk of 64 kB, where that is allowed.
mkdir disk
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=64k tmpfs disk 2>/dev/null; then
    trap 'umount "$folder/disk"; rm -rf "$folder"' EXIT
    # shellcheck disable=SC2086
    expect 1 "$ANREIZ" run "$scenario" $small --no-plots --out disk/run
    said 'No space left'
    if [ -d disk/run ]; then
        only_whole_files disk/run
    fi
fi
