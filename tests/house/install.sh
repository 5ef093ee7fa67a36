#!/usr/bin/env bash
# An installed program has its scenarios, manual and completions and works from any folder; what was
# installed is removed again, and nothing else.
set -euo pipefail

install=$ROOT/scripts/install-files
stage=$PWD/stage
prefix=$stage/opt/sales
program=$prefix/bin/anreiz

say() {
    echo "$1"
    exit 1
}

# The Makefile hands both folders on.
make --no-print-directory -n -C "$ROOT" install uninstall DESTDIR=/stage PREFIX=/opt/sales >recipe
grep -q "install-files install .* '/stage' '/opt/sales'$" recipe || say "make install: $(cat recipe)"
grep -q "install-files uninstall '/stage' '/opt/sales'$" recipe || say "make uninstall: $(cat recipe)"

"$install" install "$ANREIZ" "$stage" /opt/sales
[[ -z $(find "$prefix" -type f ! -perm 644 ! -path "$program") ]] || say "modes of files"
for file in share/doc/anreiz/docs/model.md share/man/man1/anreiz.1 share/man/man1/anreiz-run.1 \
    share/man/man5/anreiz-scenario.5 share/bash-completion/completions/anreiz \
    share/zsh/site-functions/_anreiz share/fish/vendor_completions.d/anreiz.fish \
    share/anreiz/scenarios/data/kam_people.csv; do
    [[ -s $prefix/$file ]] || say "$file is not installed"
done
grep -oE '\]\([A-Za-z_/.-]+\)' "$prefix/share/doc/anreiz/README.md" | sed 's/^](//; s/)$//' >links
while read -r file; do
    [[ -e $prefix/share/doc/anreiz/$file ]] ||
        say "the installed README leads to $file, which is not installed"
done <links
(($(wc -l <links) > 10)) || say "few links: $(cat links)"
cd "$ROOT"
for file in configs/*.cfg scenarios/*.cfg scenarios/*/*; do
    cmp "$file" "$prefix/share/anreiz/$file"
done
cd - >/dev/null

# From a folder that has nothing: the installed files are read, not those of the checkout.
mkdir elsewhere && cd elsewhere
sed -i 's/^question = .*/question = "Installed?";/' "$prefix/share/anreiz/scenarios/hybrid.cfg"
for scenario in "$prefix"/share/anreiz/scenarios/*.cfg "$prefix"/share/anreiz/scenarios/evidence/*; do
    "$program" check "$scenario" >output || say "$scenario: $(cat output)"
done
"$program" check scenarios/hybrid.cfg | grep -q '^question: Installed?$'
echo 'extends = [ "scenarios/hybrid.cfg" ];' >own.cfg
"$program" check own.cfg | grep -q '^question: Installed?$'
cp "$ROOT/scenarios/hybrid.cfg" copied.cfg # it extends "short_term_bonus.cfg"
"$program" check copied.cfg | grep -q '^ok: copied.cfg'
"$program" run scenarios/our_five_kam.cfg --replications 2 --no-plots --quiet
[[ -s results/our_five_kam/summary.json ]]
ln -s "$program" linked
./linked check own.cfg >output
"$program" new first
"$program" run first.cfg --set simulation.years=2 --replications 2 --summary --metrics turnover >output
[[ $(wc -l <output) == 2 ]]

# What stands beside the file comes first, and ./ means there.
mkdir scenarios
echo 'extends = [ "configs/firm.cfg" ]; question = "Mine?";' >scenarios/hybrid.cfg
if "$program" check own.cfg 2>output; then say "an own file was passed over"; fi
grep -q 'roles: is missing' output || say "$(cat output)"
echo 'extends = [ "./scenarios/short_term_bonus.cfg" ];' >own.cfg
if "$program" check own.cfg 2>output; then say "./ was looked for elsewhere"; fi
echo 'extends = [ "configs/frim.cfg" ];' >own.cfg
if "$program" check own.cfg 2>output; then say "a file that is not there was found"; fi
grep -q "own.cfg:1: extends: there is no file configs/frim.cfg" output
grep -qF "does not come with the program either ($prefix/share/anreiz)" output || say "$(cat output)"

# Over an older version, and away.
cd ..
echo share/anreiz/configs/old.cfg >>"$prefix/share/anreiz/installed"
touch "$prefix/share/anreiz/configs/old.cfg" "$prefix/bin/other" "$prefix/share/anreiz/configs/mine.cfg"
"$install" install "$ANREIZ" "$stage" /opt/sales
[[ ! -e $prefix/share/anreiz/configs/old.cfg ]] || say "a file of the older version stayed"
"$install" uninstall "$stage" /opt/sales
find stage -type f >left
printf 'stage/opt/sales/%s\n' bin/other share/anreiz/configs/mine.cfg | diff - <(sort left)
if "$install" uninstall "$stage" /opt/sales 2>output; then say "removed twice"; fi
grep -q 'is not installed' output
if "$install" install "$ANREIZ" "$stage" relative 2>output; then say "a relative PREFIX"; fi
