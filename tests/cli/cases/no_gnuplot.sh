#!/bin/sh
# Without gnuplot a run still succeeds and says how to draw later.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

mkdir bin
# shellcheck disable=SC2086
expect 0 env PATH="$folder/bin" "$ANREIZ" run "$scenario" $small --out run
said 'gnuplot'
said 'anreiz plot run'
[ -s run/turnover.gp ] || fail "no script"
absent run/turnover.png run/turnover.svg

# --no-plots neither draws nor complains.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" run "$scenario" $small --out plain --no-plots
absent plain/turnover.png plain/turnover.svg
[ -s plain/turnover.gp ] || fail "no script with --no-plots"

if command -v gnuplot >/dev/null; then
    expect 0 "$ANREIZ" plot run
    # shellcheck disable=SC2086
    expect 0 "$ANREIZ" run "$scenario" $small --out drawn
    same_bytes run drawn
    for picture in turnover revenue retention; do
        for ending in svg png; do
            [ -s "drawn/$picture.$ending" ] || fail "no $picture.$ending"
        done
    done
    no_temporaries drawn
fi
