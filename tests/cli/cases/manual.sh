#!/bin/sh
# There is a manual page of every command, of the program and of scenarios; man finds nothing wrong
# with them, and they hold what the help says.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

"$ANREIZ" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z]*\)  .*/\1/p' >commands
[ "$(wc -l <commands)" -ge 14 ] || fail "not all commands are in the help: $(cat commands)"
expect 0 "$ANREIZ" manual --out pages
[ "$(find pages -type f | wc -l)" -eq $(($(wc -l <commands) + 2)) ] || fail "$(ls pages)"

while read -r command; do
    page=pages/anreiz-$command.1
    [ -s "$page" ] || fail "no page of $command"
    expect 0 "$ANREIZ" manual "$command"
    cmp -s out "$page" || fail "manual $command prints another page"
    grep -q "^\.BR anreiz.-$command (1)" pages/anreiz.1 || fail "anreiz(1) does not name $command"
    "$ANREIZ" "$command" --help | grep -o -e '--[a-z][a-z-]*' | sort -u >options
    sed 's/-/\\-/g' options >escaped
    while IFS= read -r option; do
        grep -qF -e "$option" "$page" || fail "$page does not have $option"
    done <escaped
    for section in NAME SYNOPSIS DESCRIPTION EXAMPLES 'EXIT STATUS' 'SEE ALSO'; do
        grep -q "^\.SH $section$" "$page" || fail "$page has no $section"
    done
done <commands

expect 0 "$ANREIZ" manual scenario
cmp -s out pages/anreiz-scenario.5 || fail "manual scenario prints another page"
"$ANREIZ" parameters | grep -E '^[a-z][^ ]*$' | sed 's/-/\\-/g' >paths
[ "$(wc -l <paths)" -gt 200 ] || fail "no list of parameters"
while IFS= read -r parameter; do
    grep -qxF ".B $parameter" out || fail "anreiz-scenario(5) does not have $parameter"
done <paths

expect 0 "$ANREIZ" manual
cmp -s out pages/anreiz.1 || fail "manual prints another page"
expect 2 "$ANREIZ" manual swep
said 'did you mean sweep'
expect 2 "$ANREIZ" manual run --out pages
said 'leave run away'
expect 1 "$ANREIZ" manual --out pages
said 'exists already'
expect 0 "$ANREIZ" manual --out pages --force
no_temporaries pages

command -v man >/dev/null && command -v groff >/dev/null || exit 0
for page in pages/*; do
    MANWIDTH=80 man --warnings -l "$page" >shown 2>complaints </dev/null
    [ ! -s complaints ] || fail "$page: $(head -n 3 complaints)"
    grep -q 'EXAMPLES' shown || fail "$page is shown without examples"
done
MANWIDTH=80 man -l pages/anreiz-payout.1 </dev/null | col -b >shown
grep -q -e '--plan kam_quarterly_bonus --expected' shown || fail "options cannot be copied"
grep -q -e '--people people.csv \\$' shown || fail "a backslash was lost"
