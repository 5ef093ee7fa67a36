#!/bin/sh
# new writes a scenario that passes check without notes and runs; nothing is overwritten unasked.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"

expect 0 "$ANREIZ" new our_firm
printed '^our_firm.cfg is written. Edit it, then: anreiz check our_firm.cfg$'
expect 0 "$ANREIZ" check our_firm.cfg
printed '^ok: our_firm.cfg (our_firm)$'
grep -q '^notes' out && fail "the new scenario has notes: $(cat out)"
expect 0 "$ANREIZ" run our_firm.cfg --set simulation.years=2 --replications 3 --summary
printed '^scenario,'
printed '^our_firm,'
grep -q '@' our_firm.cfg && fail "a placeholder is left: $(grep '@' our_firm.cfg)"
grep -q '^//   anreiz check our_firm.cfg$' our_firm.cfg || fail "the file does not name itself"

echo precious >precious.cfg
expect 1 "$ANREIZ" new precious
said '^anreiz: precious.cfg exists already; .* --force'
printed_nothing
[ "$(cat precious.cfg)" = precious ] || fail "a file was overwritten"
ln -s nowhere link.cfg
expect 1 "$ANREIZ" new link
[ -L link.cfg ] || fail "a link was replaced"
expect 0 "$ANREIZ" new precious.cfg --force --quiet
printed_nothing
cmp -s precious.cfg our_firm.cfg && fail "the name is not in the file"
expect 0 "$ANREIZ" check precious.cfg

mkdir questions
expect 0 "$ANREIZ" new one --out questions
expect 0 "$ANREIZ" check questions/one.cfg
expect 0 "$ANREIZ" new questions/two
expect 0 "$ANREIZ" check questions/two.cfg
expect 1 "$ANREIZ" new absent/three
said 'absent/three.cfg cannot be written: No such file'
no_temporaries .

for name in '' / .hidden questions/ 'two words' .cfg "$(printf '%070d' 1)"; do
    expect 2 "$ANREIZ" new "$name"
    said 'a name has at most'
done
expect 2 "$ANREIZ" new
expect 2 "$ANREIZ" new one two
expect 2 "$ANREIZ" new four --set simulation.years=3
said 'write the value into the new file'
absent four.cfg
