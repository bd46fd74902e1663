# Completion of paddock for fish; asks paddock itself what fits.
function __paddock_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] @COMPLETE@ -- $words[2..-1] $current 2> /dev/null)
        switch $line
            case :files
                __fish_complete_path $current
            case :program
                if test "$words[-1]" = --
                    __fish_complete_command
                else
                    __fish_complete_path $current
                end
            case '*'
                echo $line
        end
    end
end

complete -c paddock -f -a '(__paddock_complete)'
