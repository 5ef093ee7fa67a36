#!/usr/bin/env bash
# A release has the same bytes wherever it is packed, knows its version without git, and has all that
# is built and installed.
set -euo pipefail

say() {
    echo "$1"
    exit 1
}

commit=$(git -C "$ROOT" rev-parse HEAD 2>/dev/null) || {
    echo "needs a checkout of git"
    exit 77
}
git -c advice.detachedHead=false clone -q --shared --no-checkout "$ROOT" first
git -C first -c advice.detachedHead=false checkout -q "$commit"
cp "$ROOT/scripts/pack" first/scripts/ # that of today, committed or not
cp -r first second
first/scripts/pack one >output
release=$(realpath one/anreiz-*.tar.gz)
[[ $(tail -n 1 output) == "$release" ]] || say "$(cat output)"

# Other times, another mask, something that is not committed.
find second -exec touch -h -d 2001-01-01 {} +
echo changed >>second/README.md
echo new >second/new
git -C second config tar.umask user
(umask 077 && TZ=Asia/Tokyo second/scripts/pack two >/dev/null)
cmp "$release" two/"$(basename "$release")"

mkdir unpacked
tar -xzf "$release" -C unpacked
cd unpacked/anreiz-*
version=$(scripts/version)
[[ $version == "$(cat VERSION)" ]] || say "version: $version"
[[ ${version#* } == "${commit:0:12}" ]] || say "commit: $version is not $commit"
make --no-print-directory -s build/release/sim/cli/version.o
grep -qa "${commit:0:12}" build/release/sim/cli/version.o || say "the program would not know its commit"
scripts/install-files install "$ANREIZ" "$PWD" /stage >/dev/null
[[ -s stage/share/doc/anreiz/docs/tutorial.md ]] || say "documents are not installed"

cp "$ROOT/scripts/pack" scripts/
if scripts/pack . 2>output; then say "packed without git"; fi
grep -q 'no checkout of git' output || say "$(cat output)"

# The Debian package is built with what the program is built with, but for the compiler, which is
# there wherever packages are built.
listed=$(sed -n '/^Build-Depends:/,/^[^ ]/s/^ \([a-z0-9+-]*\).*/\1/p' "$ROOT/debian/control" |
    grep -v '^debhelper' | sort)
needed=$(awk '$1 == "build" { print $2 }' "$ROOT/scripts/install-packages" |
    grep -v -x -e gcc -e libc6-dev | sort)
[[ $listed == "$needed" ]] || say "debian/control: $listed, needed: $needed"
