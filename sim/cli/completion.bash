# Each word of the program's that depends on a scenario comes from the program itself, asked with
# the first file on the command line.
_anreiz_words() {
    "${COMP_WORDS[0]/#\~/$HOME}" completion "$1" ${scenario:+"$scenario"} 2>/dev/null
}

_anreiz_complete() {
    mapfile -t COMPREPLY < <(compgen "$@")
}

_anreiz_files() {
    _anreiz_complete "$1" -- "$current"
    compopt -o filenames 2>/dev/null
}

# Paths up to the next point, as folders are completed.
_anreiz_paths() {
    local path rest
    local -A seen=()
    while IFS= read -r path; do
        [[ $path == "$current"* ]] || continue
        rest=${path#"$current"}
        if [[ $rest == *.* ]]; then
            path=$current${rest%%.*}.
        else
            path+="="
        fi
        if [[ -z ${seen[$path]:-} ]]; then
            seen[$path]=1
            COMPREPLY+=("$path")
        fi
    done < <(_anreiz_words paths)
    compopt -o nospace 2>/dev/null
}

_anreiz() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' scenario='' options='' kind='' word list
    COMPREPLY=()
    # bash cuts --format=csv into three words.
    if [[ $current == = ]]; then
        current=''
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
        [[ $before == --* ]] || return 0
    fi
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ -z $command && " $_anreiz_commands " == *" $word "* ]]; then
            command=$word
        elif [[ -z $scenario && -f $word ]]; then
            scenario=$word
        fi
    done
    _anreiz_table
    list=${current%"${current##*,}"}
    case $kind in
    paths) _anreiz_paths ;;
    metrics | plans)
        _anreiz_complete -P "$list" -W "$(_anreiz_words "$kind")" -- "${current##*,}"
        compopt -o nospace 2>/dev/null
        ;;
    roles) _anreiz_complete -W "$(_anreiz_words roles)" -- "$current" ;;
    folders) _anreiz_files -d ;;
    files) _anreiz_files -f ;;
    nothing) ;;
    '')
        if [[ $current == -* ]]; then
            _anreiz_complete -W "$options" -- "$current"
        elif [[ -z $command ]]; then
            _anreiz_complete -W "$_anreiz_commands" -- "$current"
        elif [[ $command == completion ]]; then
            _anreiz_complete -W 'bash zsh fish paths metrics roles plans' -- "$current"
        elif [[ $command == manual ]]; then
            _anreiz_complete -W "$_anreiz_commands scenario" -- "$current"
        else
            _anreiz_files -f
        fi
        ;;
    *) _anreiz_complete -W "${kind//|/ }" -- "$current" ;;
    esac
}

complete -F _anreiz anreiz
