#!/bin/sh
# Every command says on stderr what is allowed but unusual, once; 200.000 asks for 200000.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

thousands='--set segments.key.potential.mean=200.000 --set simulation.years=1 --replications 2'
# noted COMMAND...: the command says the note, once, and nothing of it with --quiet.
noted() {
    expect 0 "$@"
    said 'note: .*potential.mean: 200 is outside of the usual .* (did you mean 200000?)'
    [ "$(grep -c 'potential.mean' err)" = 1 ] || fail "not said once: $(cat err)"
    expect 0 "$@" --quiet
    ! grep -q 'potential.mean' err || fail "--quiet talks: $*"
}
# shellcheck disable=SC2086
{
    noted "$ANREIZ" run "$scenario" --summary $thousands
    noted "$ANREIZ" compare "$scenario" "$other" --no-plots --no-report --force $thousands
    noted "$ANREIZ" sweep "$scenario" --vary roles.kam.headcount=19,20 --dry-run $thousands
    noted "$ANREIZ" trace "$scenario" $thousands
    noted "$ANREIZ" explain "$scenario" --role kam $thousands
}

# Nothing to note for what is usual, nor a guess where thousands would be unusual too.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" --summary $small
! grep -q 'note:' err || fail "a note about nothing"
expect 0 "$ANREIZ" check "$scenario" --set segments.key.potential.mean=200
printed '200 is outside of the usual 1000..100000000$'
