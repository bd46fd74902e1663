# What takes the rights from a program that runs for a server, whoever it is to run as.
rights=$AS

# end_programs NUMBER LIST: ends all programs of an account number that is one server's alone; false if they go on being made. LIST is
# the folder that shows processes by the numbers that this one knows them by.
end_programs() {
  attempts=0
  until strike "$@"; do
    find_and_kill "$@"
    attempts=$((attempts + 1))
    [ "$attempts" -lt 100 ] || return 1
  done
} 2>/dev/null

# strike NUMBER LIST: ends all of them at one stroke, so that none that is just being made gets past it; that takes a process with their
# number. False if they ended or stopped it before. It has a group that none of them can ever have, not even by a file with the rights of
# its owner and group that somebody else runs for them: so the kernel lets them signal it, but neither look into it nor change what it
# does. It sends its signal then, or says by its end that it didn't: whoever is alive when it is sent ends, and no look afterwards could
# tell more. For all that, it has nothing open of this one's, and stands nowhere.
strike() {
  # shellcheck disable=SC2086
  (
    cd / || exit
    exec $rights --reuid="$1" --regid=0 --clear-groups sh -c 'kill -s KILL -- -1'
  ) </dev/null >/dev/null 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
  stroke=$!
  looks=0
  while read -r its_pid its_name its_state rest <"$2/$stroke/stat"; do
    case $its_state in Z | X) break ;; T | t) kill -s KILL "$stroke" ;; esac
    looks=$((looks + 1))
    [ "$looks" -lt 500 ] || sleep 0.02
    [ "$looks" -lt 750 ] || kill -s KILL "$stroke"
  done
  wait "$stroke"
  # It says 1 if there was nobody to end.
  [ $? -le 1 ]
}

# find_and_kill NUMBER LIST: ends them one by one, as this account, which they can do nothing to.
find_and_kill() {
  for program in "$2"/[0-9]*; do
    ! runs_as "$1" "$program" || kill -s KILL "${program##*/}"
  done
}

# runs_as NUMBER PROCESS
runs_as() {
  key=
  while read -r key value rest; do
    case $key in Uid:) break ;; esac
  done <"$2/status"
  [ "$key $value" = "Uid: $1" ]
}

# reserve NUMBER: keeps an account number, where there are fewer of them than of processes, for as long as this process lives, or one that it
# starts from here on; false if somebody else has it.
reserve() {
  true >>"$RESERVED/$1" && exec 9>>"$RESERVED/$1" && flock -n 9
} 2>/dev/null

