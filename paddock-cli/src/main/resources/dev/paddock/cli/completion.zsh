#compdef paddock
# Completion of paddock for zsh; asks paddock itself what fits.
_paddock() {
    local -a found plain
    local line
    found=("${(@f)$("$words[1]" @COMPLETE@ -- "${(@)words[2,CURRENT]}" 2> /dev/null)}")
    for line in $found; do
        case $line in
            (:files) _files ;;
            (:program)
                if [[ $words[CURRENT-1] == -- ]]; then _command_names; else _files; fi
                ;;
            (?*) plain+=("$line") ;;
        esac
    done
    (( $#plain )) && compadd -a plain
}

if [[ $funcstack[1] == _paddock ]]; then
    _paddock "$@"
else
    compdef _paddock paddock ./paddock
fi
