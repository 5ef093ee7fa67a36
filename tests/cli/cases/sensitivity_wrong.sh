#!/bin/sh
# sensitivity: what is wrong with a question is said before anything is simulated.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

# The sentence, then the options that bring it.
refused() {
    sentence=$1
    shift
    expect 2 "$ANREIZ" sensitivity "$scenario" "$@" --out wrong
    said "$sentence"
    absent wrong
}
refused 'one of morris, sobol, tornado, two-level (did you mean morris?)' --method moris
refused 'method xyzzy: it is one of morris, sobol, tornado, two-level$' --method xyzzy
refused 'size 1: ' --size 1
refused 'size is not for tornado' --method tornado --size 4
refused 'at least two histories' --method two-level --replications 1 --vary firm.wacc
refused 'size 7: --method two-level needs at least 8 draws' --method two-level --size 7 --vary firm.wacc
refused 'it has no plausible range here; write --vary roles.sales.plan=LOW:HIGH' --vary roles.sales.plan
refused 'roles.kam.turnover.anual' --vary roles.kam.turnover.anual
refused 'excepted, named already' --vary firm.wacc --vary firm.wacc
refused 'is there twice' --vary firm.wacc=0.05:0.1 --vary firm.wacc=0.05:0.1
refused 'how many values is for sweep; write firm.wacc=LOW:HIGH' --vary firm.wacc=0.05:0.1:3
refused 'except firm.wack: no uncertain parameter' --except firm.wack
refused 'nothing left to vary' --except firm --except economy --except handover --except roles \
    --except segments
refused 'npw is not a metric' --metrics npw
refused 'at most 128 parameters' --method sobol --size 2
refused 'points are too many' --method morris --size 99999 --vary firm
refused 'complaints in all: give a parameter that contradicts others' --method tornado \
    --vary roles.kam.timing.hassle=0.01:0.1
printf 'extends = [ "%s" ];\nsimulation = { years = 2; };\n' "$other" >short.cfg
refused 'needs the same horizon' --against short.cfg

expect 1 "$ANREIZ" sensitivity "$scenario" --method tornado --vary firm.wacc --set simulation.years=1 \
    --replications 1 --out /proc/nowhere

expect 2 "$ANREIZ" sensitivity "$scenario" --language fr
said 'en (English) or de (German)'
