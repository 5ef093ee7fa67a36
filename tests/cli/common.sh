# shellcheck shell=sh disable=SC2034 # the cases use the names
# What every case of tests/cli/cases begins with. Gives a folder of its own that is removed at the
# end, and words to say what is expected. The program is $ANREIZ, build/anreiz when not set.
set -eu
export LC_ALL=C
unset NO_COLOR

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

root=$(cd "$(dirname "$0")/../../.." && pwd)
ANREIZ=${ANREIZ:-$root/build/anreiz}
case $ANREIZ in
/*) ;;
*) ANREIZ=$PWD/$ANREIZ ;;
esac

# A scenario that every case may use, and options that keep it short.
scenario=$root/scenarios/short_term_bonus.cfg
other=$root/scenarios/long_term_kam.cfg
small='--set simulation.years=2 --replications 12'

fail() {
    echo "$(basename "$0"): $*" >&2
    if [ -s "$folder/err" ]; then
        echo "stderr was:" >&2
        head -n 20 "$folder/err" >&2
    fi
    exit 1
}

# expect CODE COMMAND...: runs it with stdout in $folder/out and stderr in $folder/err.
expect() {
    wanted=$1
    shift
    code=0
    "$@" >"$folder/out" 2>"$folder/err" </dev/null || code=$?
    [ "$code" -eq "$wanted" ] || fail "exit code $code instead of $wanted: $*"
}

# said PATTERN: on stderr; printed PATTERN: on stdout.
said() {
    grep -q -e "$1" "$folder/err" || fail "stderr does not say \"$1\""
}
printed() {
    grep -q -e "$1" "$folder/out" || fail "stdout does not say \"$1\""
}
printed_nothing() {
    [ ! -s "$folder/out" ] || fail "stdout is not empty: $(head -n 3 "$folder/out")"
}

absent() {
    for path in "$@"; do
        [ ! -e "$path" ] || fail "$path exists"
    done
}

# same_bytes FOLDER FOLDER: but for the log, which holds threads, paths and times.
same_bytes() {
    diff -r -q -x run.log "$1" "$2" >"$folder/difference" ||
        fail "not the same bytes: $(cat "$folder/difference")"
}

no_temporaries() {
    left=$(find "$1" -name '*.tmp')
    [ -z "$left" ] || fail "left behind: $left"
}
