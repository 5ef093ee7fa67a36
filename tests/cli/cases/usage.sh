#!/bin/sh
# Mistakes on the command line: exit code 2, nothing on stdout, and a word on what to write.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

expect 2 "$ANREIZ"
said 'anreiz --help'
printed_nothing
expect 2 "$ANREIZ" rnu "$scenario"
said 'unknown command rnu (did you mean run?)'
expect 2 "$ANREIZ" wxyz
said 'unknown command wxyz'
expect 2 "$ANREIZ" run
said 'anreiz run SCENARIO'
expect 2 "$ANREIZ" run "$scenario" second.cfg
said '"second.cfg" is too much'
expect 2 "$ANREIZ" compare "$scenario"
said 'two scenarios or more'

expect 2 "$ANREIZ" run "$scenario" --sumary
said 'unknown option --sumary (did you mean --summary?)'
expect 2 "$ANREIZ" compare "$scenario" "$other" --treads 2
said 'did you mean --threads?'
expect 2 "$ANREIZ" run "$scenario" -qx
said 'unknown option -qx'
expect 2 "$ANREIZ" run "$scenario" -q -x
said 'unknown option -x'
expect 2 "$ANREIZ" run "$scenario" --seed
said '[-][-]seed needs a value'
expect 2 "$ANREIZ" run "$scenario" --force=yes
said '[-][-]force takes no value'

for bad in -1 1.5 '' ' 1' 1x 9223372036854775808; do
    expect 2 "$ANREIZ" run "$scenario" "--seed=$bad"
    said 'not a whole number from 0 to 9223372036854775807'
done
for bad in 0 -5 1e3; do
    expect 2 "$ANREIZ" run "$scenario" "--replications=$bad"
    said 'not a whole number from 1 to'
done
expect 2 "$ANREIZ" run "$scenario" --threads 0
said 'not a whole number from 1 to'
expect 2 "$ANREIZ" run "$scenario" --set years
said 'PATH=VALUE'
expect 2 "$ANREIZ" run "$scenario" --format xml
said 'csv and json'
expect 2 "$ANREIZ" run "$scenario" --out ''
said 'the name of the folder is empty'

expect 2 "$ANREIZ" run "$scenario" --summary --metrics turnovr
said 'did you mean turnover?'
expect 2 "$ANREIZ" run "$scenario" --summary --metrics turnover.nobody
said 'turnover.nobody'
expect 2 "$ANREIZ" run "$scenario" --summary --metrics turnover,,revenue
said 'single commas'
expect 2 "$ANREIZ" run "$scenario" --metrics turnover
said '[-][-]summary'
printed_nothing
absent results
