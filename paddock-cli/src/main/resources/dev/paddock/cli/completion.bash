# Completion of paddock for bash; asks paddock itself what fits.
_paddock() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :files)
                compopt -o filenames 2> /dev/null
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$2")
                ;;
            :program) _paddock_program "$2" ;;
            *) COMPREPLY+=("$line") ;;
        esac
    done < <("$1" @COMPLETE@ -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$2" 2> /dev/null)
}

# The first word after -- names a program; what follows is the program's own, for which files are a fair guess.
_paddock_program() {
    local line kind=-f
    [ "${COMP_WORDS[COMP_CWORD-1]}" = -- ] && kind=-c
    compopt -o filenames 2> /dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen $kind -- "$1")
}

complete -F _paddock paddock ./paddock
