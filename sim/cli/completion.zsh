# Each word of the program's that depends on a scenario comes from the program itself, asked with
# the first file on the command line.
_anreiz_words() {
    reply=(${(f)"$(${~words[1]} completion $1 ${scenario:+$scenario} 2>/dev/null)"})
}

_anreiz() {
    local before=$words[CURRENT-1] command='' scenario='' options='' kind='' word
    local -a reply
    if [[ $PREFIX == --*=* ]]; then
        before=${PREFIX%%=*}
        compset -P '--*='
    fi
    for word in ${words[2,CURRENT-1]}; do
        if [[ -z $command && " $_anreiz_commands " == *" $word "* ]]; then
            command=$word
        elif [[ -z $scenario && -f $word ]]; then
            scenario=$word
        fi
    done
    _anreiz_table
    case $kind in
    paths)
        _anreiz_words paths
        compadd -S = -- $reply
        ;;
    metrics | plans)
        compset -P '*,'
        _anreiz_words $kind
        compadd -S '' -- $reply
        ;;
    roles)
        _anreiz_words roles
        compadd -- $reply
        ;;
    folders) _files -/ ;;
    files) _files ;;
    nothing) ;;
    '')
        if [[ $PREFIX == -* ]]; then
            compadd -- ${=options}
        elif [[ -z $command ]]; then
            compadd -- ${=_anreiz_commands}
        elif [[ $command == completion ]]; then
            compadd -- bash zsh fish paths metrics roles plans
        elif [[ $command == manual ]]; then
            compadd -- ${=_anreiz_commands} scenario
        else
            _files
        fi
        ;;
    *) compadd -- ${(s:|:)kind} ;;
    esac
}

# Found by compinit in a folder of functions, or sourced.
if [[ $funcstack[1] == _anreiz ]]; then
    _anreiz "$@"
else
    compdef _anreiz anreiz
fi
