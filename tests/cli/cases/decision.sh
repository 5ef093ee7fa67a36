#!/bin/sh
# compare says which plan is the best, the same for any number of threads; docs/compare.md works.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
third=$root/scenarios/hybrid.cfg

# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" "$third" $small --no-plots --out one --threads 1
printed 'Which plan is the best? npv, higher is better'
head -n 4 out | tail -n 1 | grep -q 'best' || fail "the answer does not come first: $(head -n 4 out)"
! LC_ALL=C.UTF-8 grep '.\{81\}' out || fail "more than 80 columns"
! grep -q '^customers' out || fail "three plans have more than the most important rows"
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" "$third" $small --no-plots --out two --threads 3
same_bytes one two
[ "$(wc -l <one/decision.csv)" -eq 4 ] || fail "not a header and three plans"
[ "$(wc -l <one/decision_pairs.csv)" -eq 4 ] || fail "not a header and three pairs"
[ -s one/decision.gp ] || fail "no script of the picture"

# The mean regret and the share of wins, counted again from the histories' values.
column() {
    awk -F, -v name="$2" 'NR == 1 { for (f = 1; f <= NF; f++) if ($f == name) c = f; next }
        { print $c }' "$1"
}
for plan in short_term_bonus long_term_kam hybrid; do
    column one/$plan/replications.csv npv >$plan.values
done
paste short_term_bonus.values long_term_kam.values hybrid.values | awk '{
        best = $1; for (p = 2; p <= 3; p++) if ($p > best) best = $p
        for (p = 1; p <= 3; p++) { regret[p] += best - $p; wins[p] += $p == best }
    } END { for (p = 1; p <= 3; p++) print regret[p] / NR, wins[p] / NR }' >wanted
awk -F, 'NR > 1 { print $13, $12 }' one/decision.csv | paste - wanted | awk '
    { d = $1 - $3; e = $2 - $4; if (d * d > 1e-8 * $3 * $3 || e * e > 1e-10) exit 1 }' ||
    fail "regret or wins are not those of replications.csv"

# A plan that costs more says so; the same plan does not.
cat >dear.cfg <<END
extends = [ "$root/scenarios/short_term_bonus.cfg" ];
roles = { kam = { headcount = 24; }; };
END
expect 0 "$ANREIZ" compare "$scenario" dear.cfg --set simulation.years=1 --replications 4 --no-plots \
    --out dear
printed 'Not at equal pay'
[ "$(wc -l <out)" -le 26 ] || fail "two plans take $(wc -l <out) lines"
! grep -q '^  kam' out || fail "rows of roles without being asked"
expect 0 "$ANREIZ" compare "$scenario" dear.cfg --set simulation.years=1 --replications 4 --no-plots \
    --out dear --force --verbose
printed '^  kam'
! LC_ALL=C.UTF-8 grep '.\{81\}' out || fail "more than 80 columns with all rows"
# What is small and certain is not rounded away, in the text and in the report.
printed '^pay_ratio .* +0\.[0-9][0-9][0-9] pp ± 0\.0[0-9][0-9] pp'
! LC_ALL=C grep -e '[+]0\.0..pp' -e '−0\.0..pp' dear/report.html || fail "a difference is rounded away"

# Less is better where it is.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $small --no-plots --out kam --metric turnover.kam
printed 'turnover.kam, lower is better'

# Programs read JSON.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$other" $small --no-plots --out json --format json
if command -v python3 >/dev/null; then
    python3 - out json/summary.json <<'END' || fail "the JSON is not right"
import json, sys
for name in sys.argv[1:]:
    decision = json.load(open(name))["decision"]
    assert decision["metric"] == "npv" and decision["better"] == "higher"
    assert [p["plan"] for p in decision["plans"]] == ["short_term_bonus", "long_term_kam"]
    assert abs(sum(p["share_best"] for p in decision["plans"]) - 1) < 1e-9
    assert isinstance(decision["pay"], str)
    assert len(decision["pairs"]) == 1 and decision["sentence"].endswith(".")
END
fi

# A plan against itself, one history, a metric that does not decide, and one that is none.
# shellcheck disable=SC2086
expect 0 "$ANREIZ" compare "$scenario" "$scenario" $small --no-plots --out same
printed 'does not tell them apart'
! grep -q 'equal pay' out || fail "the same plan costs something else"
expect 0 "$ANREIZ" compare "$scenario" "$other" --set simulation.years=1 --replications 1 \
    --no-plots --out single
printed 'Too few histories'
expect 2 "$ANREIZ" compare "$scenario" "$other" --metric headcount --out never
said 'neither more nor less'
expect 2 "$ANREIZ" compare "$scenario" "$other" --metric turnovr --out never
said 'did you mean turnover'
absent never

ln -s "$root/scenarios" "$root/configs" .
mkdir build
ln -s "$ANREIZ" build/anreiz
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$root/docs/compare.md" >commands
[ "$(grep -c anreiz commands)" -ge 2 ] || fail "the commands were not found"
expect 0 sh -eu commands
[ -s results/three/decision.gp ] || fail "no script of a picture"
