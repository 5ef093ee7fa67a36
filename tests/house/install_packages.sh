#!/usr/bin/env bash
# Missing packages are installed as root or through sudo, once; otherwise the message says what to
# do. The machine is played by a folder of small programs.
set -euo pipefail

mkdir bin
for tool in bash env cat; do
    ln -s "$(command -v "$tool")" "bin/$tool"
done

# fake NAME BODY: a program of the played machine
fake() {
    printf '#!/bin/bash\n%s\n' "$2" >"bin/$1"
    chmod +x "bin/$1"
}

# try EXIT ARGUMENTS: runs the script on the played machine, the output goes to the file `output`
try() {
    local expected=$1 code=0
    shift
    PATH=$PWD/bin "$ROOT/scripts/install-packages" "$@" </dev/null >output 2>&1 || code=$?
    if ((code != expected)); then
        cat output
        echo "exit $code instead of $expected: $*"
        exit 1
    fi
}

# shellcheck disable=SC2016 # the bodies are expanded when they run
{
    fake dpkg-query '[[ -f installed ]] && echo -n "install ok installed"'
    fake id 'cat uid'
    fake apt-get 'echo "$*" >>calls
[[ $* != *install* ]] || { [[ -f updated ]] && : >installed; } || exit 100
[[ $* != *update* ]] || : >updated'
}

echo 0 >uid
try 1 --dry-run pictures
grep -q 'apt-get install gnuplot-nox' output
[[ ! -e calls ]]

try 0 pictures
[[ $(grep -c . calls) == 3 ]] # refused, lists updated, installed
grep -q 'install.* gnuplot-nox$' calls
rm calls
try 0 pictures
try 0 --dry-run pictures
[[ ! -e calls ]]

rm installed
echo 1000 >uid
try 1 pictures
grep -q 'root or through sudo' output
grep -q 'gnuplot-nox' output
[[ ! -e calls ]]

# shellcheck disable=SC2016
fake sudo '[[ $1 == -n ]] && shift; [[ $1 == true ]] || { echo sudo >>calls; "$@"; }'
try 0 pictures
grep -q sudo calls

rm installed bin/apt-get
try 1 pictures
grep -q 'no apt-get' output

fake gnuplot ':'
try 0 pictures
