# Starts Paddock: read by the launcher of a checkout and by that of an installation. It needs
#   $root                        where Paddock is
#   $target                      the folder that it may write to, if the caller may
#   $app                         the folder of its jars
#   $java_home and $java_version the Java that runs it
#   fail MESSAGE [HINT]          which ends with a message
# shellcheck shell=sh disable=SC2154

# --- The lock ---
# One at a time builds or rehearses; a lock whose holder is gone is nobody's.
lock() {
    mkdir -p "$target" 2> /dev/null
    failed=0 waited=0
    until mkdir "$target/lock" 2> /dev/null; do
        # Given back just now, or there is no way to write here.
        failed=$((failed + 1))
        [ $failed -lt 10 ] || fail "can't write to $target" "put Paddock in a place of your own"
        [ -e "$target/lock" ] || continue
        if is_held; then
            failed=0
            waited=$((waited + 1))
            [ $waited -lt 3000 ] ||
                fail "another process has been preparing Paddock for ten minutes" "if none is, remove $target/lock"
            sleep 0.2
        else
            # Renamed before it is removed: of several who find it, one alone succeeds.
            mv "$target/lock" "$target/lock.$$" 2> /dev/null && rm -rf "$target/lock.$$"
        fi
    done
    trap 'rm -rf "$target/lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    echo $$ > "$target/lock/pid"
}

is_held() {
    # Whoever has just made it writes its number within the second.
    [ -s "$target/lock/pid" ] || sleep 1
    holder=$(cat "$target/lock/pid" 2> /dev/null) && [ -n "$holder" ] || return 1
    kill -0 "$holder" 2> /dev/null || [ -d "/proc/$holder" ]
}

unlock() {
    trap - EXIT INT TERM HUP
    rm -rf "$target/lock"
}

# --- The start ---
rehearse() {
    # shellcheck disable=SC2086
    "$java_home/bin/java" $options -XX:DumpLoadedClassList="$archive.list" -cp "$class_path" $main .rehearse $engine &&
        "$java_home/bin/java" -Xshare:dump -XX:+UseG1GC -XX:SharedClassListFile="$archive.list" \
            -XX:SharedArchiveFile="$archive.new" -cp "$class_path"
}

start() {
    # Its own first, the engine before all: to look for engines opens each jar up to the one that has it.
    class_path=
    for jar in "$app"/paddock-embedded-*.jar "$app"/paddock-[!e]*.jar "$app"/[!p]*.jar "$app"/p[!a]*.jar; do
        class_path=$class_path${class_path:+:}$jar
    done

    # Each start pays for all that its archive holds, so what only containers need is in one of its own.
    case " $* " in
        *' docker '*) engine=docker ;;
        *) engine=embedded ;;
    esac
    # So do commands that name a server in a container; its record says so.
    state=${PADDOCK_HOME:+$PADDOCK_HOME/state}
    for word; do
        record=${state:-${XDG_STATE_HOME:-${HOME:-}/.local/state}/paddock}/servers/$word.server
        # One that is damaged may be of any size.
        if [ -f "$record" ] && [ -r "$record" ] && [ "$(wc -c < "$record")" -lt 65536 ]; then
            while read -r line; do
                [ "$line" != engine=docker ] || engine=docker
            done < "$record"
        fi
    done
    # A JVM takes no archive that was made by another, or of jars in another place: so it is found by both.
    archive=$app/archives/by$java_home-$java_version/at$root/$engine.jsa
    # Not told, Picocli looks for Groovy in each jar of the class path.
    options=-Dpicocli.disable.closures=true
    options="$options -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable"
    main=dev.paddock.cli.Main

    # Where nothing can be written, and so where a rehearsal failed, the start is a slower one.
    if [ ! -e "$archive" ] && [ ! -e "$archive.failed" ] && [ -w "$target" ] &&
        mkdir -p "${archive%/*}" 2> /dev/null && [ -w "${archive%/*}" ]; then
        lock
        if [ ! -e "$archive" ]; then
            rehearse > "$app/rehearsal.log" 2>&1 < /dev/null
            mv "$archive.new" "$archive" 2> /dev/null || : > "$archive.failed"
        fi
        unlock
    fi
    [ -e "$archive" ] || archive=

    # No JVM can tell which of its streams are terminals.
    terminals=
    [ ! -t 1 ] || terminals=1
    [ ! -t 2 ] || terminals=${terminals}2

    # Where no locale is set, as in most containers, a JVM takes every letter beyond ASCII for a question mark. The command that is
    # run gets back what there was.
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
        *UTF-8* | *utf8* | *UTF8* | *utf-8*) ;;
        *)
            export PADDOCK_LC_ALL="${LC_ALL:-}"
            export LC_ALL=C.UTF-8
            ;;
    esac

    # shellcheck disable=SC2086
    exec "$java_home/bin/java" $options ${archive:+"-XX:SharedArchiveFile=$archive"} -Dpaddock.terminals="$terminals" \
        -cp "$class_path" $main "$@"
}
