# Each word of the program's that depends on a scenario comes from the program itself, asked with
# the first file on the command line.
function __anreiz_words
    set -l words (commandline -opc)
    set -l scenario
    for word in $words[2..-1]
        if test -f $word
            set scenario $word
            break
        end
    end
    $words[1] completion $argv[1] $scenario 2>/dev/null
end

function __anreiz_paths
    for path in (__anreiz_words paths)
        echo $path=
    end
end

function __anreiz_list
    __fish_append , (__anreiz_words $argv[1])
end

complete -c anreiz -f
complete -c anreiz -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish paths metrics roles plans'
complete -c anreiz -n 'not __fish_use_subcommand; and not __fish_seen_subcommand_from completion manual' -F
