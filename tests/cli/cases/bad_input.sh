#!/bin/sh
# Wrong scenarios: exit code 2, file and line, what is allowed; nothing is written.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

# wrong NAME LINE TEXT: a scenario whose line LINE is TEXT; line 1 is the one it builds on.
wrong() {
    name=$1.cfg
    echo "extends = [ \"$scenario\" ];" >"$name"
    printf '%s\n' "$2" >>"$name"
    for command in check run; do
        expect 2 timeout 20 "$ANREIZ" $command "$name"
        said "$name:2"
        printed_nothing
    done
    absent results
}

wrong unknown_key 'simulation : { yeers = 3; };'
said 'years'
wrong unknown_group 'simulatoin : { years = 3; };'
said 'simulation'
wrong type 'simulation : { years = "three"; };'
said 'simulation.years'
wrong fraction 'simulation : { years = 2.5; };'
said 'simulation.years'
wrong range 'simulation : { years = -3; };'
said 'simulation.years'
wrong share 'firm : { wacc = 15.0; };'
said 'firm.wacc'
wrong wrap 'simulation : { seed = 5000000000; };'
said '5000000000L'
wrong comma 'economy : { demand : { sd = 1,5; }; };'
said '1\.5'
wrong percent 'economy : { demand : { sd = 10%; }; };'
said '0\.1'
wrong unclosed 'simulation : { years = 3;'

# All mistakes at once.
printf '%s\n' "extends = [ \"$scenario\" ];" 'simulation : {' '  years = 0;' '  replicatons = 5;' '};' \
    'firm : { wacc = "high"; };' >many.cfg
expect 2 "$ANREIZ" check many.cfg
said 'many.cfg:3'
said 'many.cfg:4'
said 'many.cfg:6'

# Files that build on each other in a circle, on themselves, on nothing.
echo 'extends = [ "two.cfg" ];' >one.cfg
echo 'extends = [ "one.cfg" ];' >two.cfg
expect 2 timeout 20 "$ANREIZ" run one.cfg
said 'two.cfg'
echo 'extends = [ "self.cfg" ];' >self.cfg
expect 2 timeout 20 "$ANREIZ" run self.cfg
said 'self.cfg'
echo 'extends = [ "gone.cfg" ];' >lost.cfg
expect 2 "$ANREIZ" run lost.cfg
said 'gone.cfg'

# --set is checked like a file.
expect 2 "$ANREIZ" check "$scenario" --set simulation.yeers=3
said 'years'
expect 2 "$ANREIZ" check "$scenario" --set simulation.years=many
said 'simulation.years'
expect 2 "$ANREIZ" check "$scenario" --set simulation.years=1000000
said 'simulation.years'

# Noise, an empty file, a folder of noise: no crash, no hang.
head -c 10000000 /dev/urandom >noise.cfg
expect 2 timeout 20 "$ANREIZ" run noise.cfg
said 'noise.cfg'
head -c 10000000 /dev/zero | tr '\0' '{' >deep.cfg
expect 2 timeout 20 "$ANREIZ" run deep.cfg
said 'deep.cfg'
: >empty.cfg
expect 2 "$ANREIZ" run empty.cfg
said 'empty.cfg'
absent results
