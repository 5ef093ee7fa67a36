#!/bin/bash
# bash completes commands, options, paths of parameters, metrics, roles, plans and files; fish and
# zsh too, where they are installed.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/../common.sh"
cd "$folder"
PATH=$(dirname "$ANREIZ"):$PATH
command -v anreiz >/dev/null || fail "the program is not called anreiz"
cp "$root/scenarios/our_five_kam.cfg" five.cfg
sed -e "s|\"short_term|\"$root/scenarios/short_term|" -e "s|\"data/|\"$root/scenarios/data/|" \
    -i five.cfg
mkdir results

# The words for scripts.
expect 0 anreiz completion paths five.cfg
printed '^roles.kam.turnover.annual$'
printed '^plans.kam_lti.components.\[1\].target$'
printed '^segments.key.pipeline.stages.\[0\].conversion$'
grep -q 'NAME\|roles.sales' out && fail "paths that the scenario does not have"
grep -E '^(roles|segments|simulation|firm)\..*\.(annual|days|years|wacc|accounts)$' out >numbers
[ "$(wc -l <numbers)" -ge 4 ] || fail "few paths: $(cat numbers)"
expect 0 anreiz completion paths
printed '^roles.NAME.turnover.annual$'
[ "$(wc -l <out)" -eq "$(anreiz parameters | grep -c '^[a-z][^ ]*$')" ] || fail "not all parameters"
expect 0 anreiz completion metrics five.cfg
printed '^turnover.kam$'
printed '^net_retention.key$'
anreiz run five.cfg --set simulation.years=1 --replications 2 --quiet --summary \
    --metrics "$(grep -e '^turnover' -e '^net_retention' out | paste -s -d ,)" >/dev/null ||
    fail "metrics that cannot be asked for"
expect 0 anreiz completion roles five.cfg
[ "$(cat out)" = kam ] || fail "roles: $(cat out)"
expect 2 anreiz completion roles
said 'of which scenario'
expect 2 anreiz completion csh
said 'bash, zsh and fish'
expect 2 anreiz completion bash five.cfg

# asked BASH WORDS...: what bash offers for the last word, sorted, in one line.
anreiz completion bash >script.bash
bash -n script.bash || fail "bash cannot read its script"
asked() {
    bash --norc --noprofile -c '
        source ./script.bash
        complete -p anreiz >/dev/null || exit 1
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _anreiz
        ((${#COMPREPLY[@]} == 0)) || printf "%s\n" "${COMPREPLY[@]}"' bash "$@" |
        sort | paste -s -d ' '
}
# offers WANTED WORDS...
offers() {
    local wanted=$1
    shift
    [[ $(asked "$@") == "$wanted" ]] || fail "completing \"$*\": \"$(asked "$@")\", not \"$wanted\""
}
offers 'check compare completion' anreiz c
offers 'run' anreiz --seed 3 ru
offers '--replication --replications' anreiz run --repl
offers '--resume' anreiz run five.cfg --res
[[ $(asked anreiz explain --) == *--role* ]] || fail "no own option"
[[ $(asked anreiz check --) != *--role* ]] || fail "an option of another command"
offers 'csv json' anreiz run --format ''
offers 'csv json' anreiz run --format =
offers 'csv' anreiz run --format = c
offers 'roles.kam.turnover.annual=' anreiz run five.cfg --set roles.kam.turnover.ann
offers 'roles.kam.turnover.annual=' anreiz run five.cfg --set = roles.kam.turnover.ann
offers 'roles.kam.' anreiz run five.cfg --set roles.
offers 'roles.kam.headcount= roles.kam.headcount_path=' anreiz sweep five.cfg --vary roles.kam.headc
offers '' anreiz run five.cfg --set roles.kam.headcount = ''
offers 'turnover,net_retention.key' anreiz run five.cfg --metrics turnover,net_retention.ke
offers 'net_retention.key' anreiz optimize five.cfg --subject-to net_retention.ke
offers 'net_retention.key' anreiz compare five.cfg --metric net_retention.ke
offers 'kam' anreiz explain five.cfg --role ''
[[ $(asked anreiz payout five.cfg --plan kam_lti,kam_m) == kam_lti,kam_mixed ]] || fail "no plans"
offers 'five.cfg' anreiz run 'fi'
offers 'results' anreiz run --out r
offers 'zsh' anreiz completion z
offers 'scenario' anreiz manual sc
offers '' anreiz run --seed ''
for command in $(bash -c 'source ./script.bash; echo "$_anreiz_commands"'); do
    while read -r option; do
        [[ " $(asked anreiz "$command" --) " == *" $option "* ]] || fail "$command lacks $option"
    done < <(anreiz "$command" --help | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oe '--[a-z-]*')
done

# A bash that somebody types in: the tab key writes the rest of the words.
if command -v script >/dev/null; then
    printf '%s\n' 'source ./script.bash' $'anreiz parame\t | head -n 1 >typed' \
        $'anreiz expl\t five.cfg --ro\t ka\t --format js\t >explained' exit >keys
    TERM=dumb INPUTRC=/dev/null timeout 60 script -qec 'bash --norc --noprofile -i' /dev/null \
        <keys >terminal 2>&1 || true
    grep -q '^== Simulation' typed || fail "typed in: $(cat terminal)"
    grep -q '"kam"' explained || fail "typed in: $(cat terminal)"
fi

anreiz completion fish >script.fish
anreiz completion zsh >script.zsh
if command -v fish >/dev/null; then
    export HOME=$folder
    fish --no-execute script.fish || fail "fish cannot read its script"
    fished() {
        # shellcheck disable=SC2016 # fish expands it
        fish --no-config -c 'source ./script.fish; complete -C "$argv[1]"' "$1" | cut -f 1 | sort | paste -s -d ' '
    }
    [[ $(fished 'anreiz comp') == 'compare completion' ]] || fail "fish: $(fished 'anreiz comp')"
    [[ $(fished 'anreiz run five.cfg --set roles.kam.turnover.ann') == roles.kam.turnover.annual= ]] ||
        fail "fish: $(fished 'anreiz run five.cfg --set roles.kam.turnover.ann')"
    [[ $(fished 'anreiz run --format ') == 'csv json' ]] || fail "fish: formats"
    [[ $(fished 'anreiz run five.cfg --metrics turnover,net_retention.ke') == *net_retention.key* ]] ||
        fail "fish: metrics"
    [[ $(fished 'anreiz explain five.cfg --role ') == kam ]] || fail "fish: roles"
    [[ $(fished 'anreiz run --dry') == --dry-run ]] || fail "fish: options"
    [[ $(fished 'anreiz check fi') == five.cfg ]] || fail "fish: files: $(fished 'anreiz check fi')"
fi
if command -v zsh >/dev/null; then
    zsh -n script.zsh || fail "zsh cannot read its script"
    # zsh completes in a terminal only; it has one of its own making.
    cat >ask.zsh <<'END'
zmodload zsh/zpty
zpty -w shell 2>/dev/null
zpty shell zsh -f -i
zpty -w shell "PROMPT=; autoload -Uz compinit; compinit -u -d $PWD/dump; source ./script.zsh; echo re''ady"
zpty -r shell seen '*ready*'
for keys in $'anreiz parame\t | head -n 1 >ztyped' $'anreiz expl\tfive.cfg --ro\tka\t--format js\t>zexplained'; do
    zpty -w shell "$keys; echo do''ne"
    zpty -r shell seen '*done*'
done
zpty -d shell
END
    timeout 60 zsh -f ask.zsh >terminal 2>&1 </dev/null || fail "zsh: $(cat terminal)"
    grep -q '^== Simulation' ztyped || fail "typed into zsh: $(cat terminal)"
    grep -q '"kam"' zexplained || fail "typed into zsh: $(cat terminal)"
fi
