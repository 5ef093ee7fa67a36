#!/bin/sh
# Help and version: on stdout, exit code 0, examples before options.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"

expect 0 "$ANREIZ" --help
commands=$(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\)  .*/\1/p' "$folder/out")
[ "$(echo "$commands" | wc -w)" -ge 17 ] || fail "few commands: $commands"
stray=$(sed -n '/^Commands:/,/^$/p' "$folder/out" | grep -v -e '^Commands:' -e '^  ' -e '^$' || true)
[ -z "$stray" ] || fail "what looks like a command is none: $stray"

for command in '' $commands; do
    # shellcheck disable=SC2086 # an empty command is no word
    expect 0 "$ANREIZ" $command --help
    printed '^Usage: anreiz'
    first=$(grep -n -m 1 '^  anreiz ' "$folder/out" | cut -d: -f1)
    options=$(grep -n -e ' --' "$folder/out" | grep -v -m 1 '^[0-9]*:  or: ' | cut -d: -f1)
    [ "${first:-1000}" -le "$options" ] || fail "no example before the options: $command"
    printed '[-][-]set=PATH=VALUE'
    [ ! -s "$folder/err" ] || fail "help of \"$command\" talks on stderr"
    wide=$(awk 'length > 80' "$folder/out")
    [ -z "$wide" ] || fail "wider than a terminal: $wide"
    # An example goes on in the next line only behind a backslash, so that it can be copied.
    cut=$(awk '/^  anreiz / { inside = 1 }
        inside && length && $0 !~ /^  / { print; exit }
        inside && (before ~ /\\$/) != ($0 ~ /^      /) { print; exit }
        !length && inside { exit }
        { before = $0 }' "$folder/out")
    [ -z "$cut" ] || fail "an example of \"$command\" is cut before \"$cut\""
done
expect 0 "$ANREIZ" --help
for command in run compare explain fit trace check parameters plot new manual completion; do
    printed "^  $command "
done
cp "$folder/out" "$folder/help"
expect 0 "$ANREIZ" help
cmp "$folder/out" "$folder/help" || fail 'anreiz help is not anreiz --help'
expect 0 "$ANREIZ" run --help
cp "$folder/out" "$folder/help"
expect 0 "$ANREIZ" help run
cmp "$folder/out" "$folder/help" || fail 'anreiz help run is not anreiz run --help'
expect 0 "$ANREIZ" --version
printed '^anreiz [0-9][0-9]*\.[0-9]'
printed 'commit'
printed 'libraries'
printed 'instruction set'
expect 0 "$ANREIZ" run --version
printed '^anreiz '
