# Runs servers for one owner. Commands come line by line on standard input, as words quoted for a shell; events leave on
# standard output. End of file on standard input means that the owner is gone: then everything ends.
#
# As the first process of its own process, mount and IPC namespaces (SPACE=private) its end is, by the kernel's hand, the end
# of every server, mount and byte of memory of it, even after kill -9. Where a machine refuses namespaces (SPACE=shared), it
# ends its servers itself, and its parent, the guard, does so if it can't.
#
# Environment: SPACE private|shared; ROOT folder for sockets, logs and memory; CLONES folder for copied data directories;
# SHM what memory is mounted over in a private space, with ROOT in it; AS the words that take the rights from a program that
# PostgreSQL must not have. As root also: FIRST, COUNT, GROUP the account numbers that servers have, and the group of all;
# RESERVED where there are so few numbers that the same could be given twice, the folder where it is told which are in use;
# NOBODY uid:gid of the account that initdb has where a number without a name won't do.
#
# Whoever uses a server may run programs with PostgreSQL's account. So all that this process writes, reads or mounts, it finds
# by folders that only its own account can write to: ROOT, and in it a folder for each server. In that, PostgreSQL has
# folders of its own for data and sockets, and nothing else.

# A mark is a file that "true" makes: if ":" can't make one, the shell ends.

umask 077
# What a line break in a word is written as, since each command is one line.
NL='
'
exec 3>&1 >/dev/null 2>&1

event() { echo "$*" >&3; }

# Tells the number that processes outside know this one, or one that it becomes, by.
outer_pid() {
  if [ -r /proc/self/stat ]; then read -r pid rest </proc/self/stat; else pid=$$; fi
}

# hold DESCRIPTOR FILE: keeps a file locked as long as this process lives, and those that it starts from here on. That is seen from
# other containers, where the numbers of our processes mean nothing.
hold() {
  true >>"$2" || return
  eval "exec $1>>\"\$2\""
  if flock -n "$1"; then echo held >>"$2"; fi
}

# account NUMBER: who a server runs as from here on; false if there is no number for it. As root each has a number of its own, so that the
# kernel keeps servers apart like it keeps users apart: given by the process above the server, which nobody shares while that lives; or
# NUMBER, for data that belongs to it. By a group with the same number it passes to its own folder, and nobody else does: there stands its
# configuration, which it is to read, but not to change.
account() {
  OWNER= gate=
  [ -n "$FIRST" ] || return 0
  numbered "$1" || return
  OWNER=$number:$GROUP
  AS="$AS --reuid=$number --regid=$GROUP --groups=$number"
  gate=$number
}

# numbered NUMBER: $number is that, or one that no other server has.
numbered() {
  number=$1
  if [ -n "$RESERVED" ]; then
    refusal='there is no flock here to reserve one with'
    if command -v flock && free_number "$1"; then return 0; fi
    echo "$refusal" >"$ROOT/$id.log"
    return 1
  elif [ -z "$number" ]; then
    outer_pid
    number=$((FIRST + pid % COUNT))
  elif ! until_free has_no_program "$number"; then
    echo "$refusal" >"$ROOT/$id.log"
    return 1
  fi
}

# free_number NUMBER: reserves it, or the first that is in use nowhere: by no server, no program that one who was killed has left, and no
# data that is still to be copied or removed.
free_number() {
  rounds=0
  if [ -z "$1" ]; then
    refusal="all $COUNT that root's servers have here are in use"
    outer_pid
    while [ "$rounds" -lt "$COUNT" ]; do
      number=$((FIRST + (pid + rounds) % COUNT))
      if reserve "$number" && has_no_program "$number" && has_no_data "$number"; then
        true >"$ROOT/$id.is-$number"
        return
      fi
      rounds=$((rounds + 1))
    done
    return 1
  fi
  until_free reserved_without_program "$1"
}

# until_free CONDITION NUMBER: waits until no other server has the number that data belongs to; false if one goes on having it, as the
# server on another copy of the same data does. Each would end the other's programs for its own.
until_free() {
  # Of nobody, whom others are too.
  [ "$2" -ge "$FIRST" ] || return 0
  refusal="another server has $2, to which the data belongs; end that first, or give the data a number of its own by chown -R"
  rounds=0
  # Whoever had it may be about to end.
  until "$@"; do
    [ "$rounds" -lt 100 ] || return 1
    sleep 0.02
    rounds=$((rounds + 1))
  done
}

reserved_without_program() {
  reserve "$1" && has_no_program "$1"
}

# has_no_program NUMBER: what has ended counts for nothing, also if nobody has asked yet how.
has_no_program() {
  processes || list=/proc
  for program in "$list"/[0-9]*; do
    ! runs_as "$1" "$program" || has_ended "$program" || return 1
  done
}

# has_ended PROCESS: as its status says, where a name that it gives itself can't be taken for more than that.
has_ended() {
  key= value=X
  while read -r key value rest; do
    case $key in State:) break ;; esac
  done <"$1/status"
  case $value in Z | X) ;; *) return 1 ;; esac
  # Its first thread has ended; others may go on.
  set -- "$1"/task/[0-9]*
  [ $# -le 1 ]
} 2>/dev/null

# processes: $list is the folder that shows those of this space, by their numbers; false if there is none.
processes() {
  list=/proc
  [ "$SPACE" = private ] || return 0
  # Where no server gets to.
  list=$ROOT/own/proc
  [ -e "$list/1" ] || mount -t proc -o X-mount.mkdir paddock "$list"
}

# Of this session, and of those beside it where they have no space of their own.
has_no_data() {
  for mark in "$ROOT"/*.is-"$1" "${ROOT%/*}"/paddock-*/*.is-"$1"; do
    [ ! -e "$mark" ] || return 1
  done
}

# deserted: ends what programs a server has left behind, which nobody else's number can be among; false if it can't.
deserted() {
  if [ -z "$OWNER" ] || [ "$number" -lt "$FIRST" ]; then return 0; fi
  processes || return
  end_programs "$number" "$list"
}

# memory ID SIZE FOLDER…: a folder for a server, in memory up to SIZE where that can be had, with FOLDERs of PostgreSQL's in it.
# Each program that is run for it counts: they are most of what a start costs beside the server itself.
memory() {
  if [ "$SPACE" = private ]; then
    if [ -n "$gate" ]; then way=mode=0710,gid=$gate; else way=mode=0711; fi
    mount -t tmpfs -o "X-mount.mkdir,size=$2,$way" paddock "$ROOT/$1" || return
  elif [ -n "$OWNER" ]; then
    # Before there is anything in it: what belongs to an account that others have too is theirs as soon as they get to it.
    install -d -m 710 -g "$gate" "$ROOT/$1" || return
  else
    mkdir -m 711 "$ROOT/$1" || return
  fi
  folder=$ROOT/$1
  shift 2
  # Elsewhere relative paths mean what they meant to the owner.
  (
    cd "$folder" || exit
    if [ -z "$OWNER" ]; then mkdir "$@"; else install -d -m 700 -o "${OWNER%:*}" -g "${OWNER#*:}" "$@"; fi
  )
}

# seen PATH: has what others keep in the folder that memory was mounted over stand where it stood. What a server may have made
# under that name is not it.
seen() {
  case $SPACE$1 in
    "private$ROOT"/*) ;;
    "private$SHM"/*)
      kept=${1#"$SHM"/}
      kept=${kept%%/*}
      case $shown in *"/$kept/"*) return 0 ;; esac
      mkdir "$SHM/$kept" || return
      # Whoever reads the path by its name alone finds the memory.
      (cd /proc/self/fd/4 && { mount -c --rbind "./$kept" "$SHM/$kept" || mount --rbind "./$kept" "$SHM/$kept"; }) || return
      shown="$shown/$kept/"
      ;;
  esac
}

# reachable ID PATH…: tells the end of a job that can't begin without one of them.
reachable() {
  job=$1
  shift
  for path; do
    seen "$path" && continue
    echo "can't show $path to the server" >"$ROOT/$job.log"
    event "exited $job 71"
    return 1
  done
}

# clone ID METHOD SOURCE SIZE BIN: a data directory that shares what it can with SOURCE and changes nothing in it.
clone() {
  case $2-$SPACE in
    overlay-*) memory "$1" "$4" socket data upper work ;;
    disk-private) memory "$1" "$4" socket data ;;
    *) memory "$1" "$4" socket ;;
  esac || return
  case $2 in
    overlay)
      # Without an index: one would keep files together in the clone that share their storage in SOURCE. The merged folder
      # belongs to whom upper belongs to.
      case $3 in
        # To a mount's options, more than one sign means something. By the snapshot's own name, the mount tells whose it is.
        *[!A-Za-z0-9/._-]*)
          lower=${3%/*}
          lower=$ROOT/$1.source/${lower##*/}
          mkdir "$ROOT/$1.source" && ln -s "$3" "$lower" || return
          ;;
        *) lower=$3 ;;
      esac
      mount -t overlay -o "index=off,lowerdir=$lower,upperdir=$ROOT/$1/upper,workdir=$ROOT/$1/work$OVERLAY_OPTIONS" \
        paddock "$ROOT/$1/data" || return
      ;;
    reflink | copy)
      [ "$CLONES" = "$ROOT" ] || mkdir -m 711 "$CLONES/$1" || return
      to=$CLONES/$1/data
      if [ -n "$OWNER" ]; then
        # As long as some of it has the snapshot's owner, whom others are too, nobody else gets there.
        mkdir "$CLONES/$1/draft" || return
        to=$CLONES/$1/draft/data
      fi
      copy "$3" "$to" || return
      [ -z "$OWNER" ] || { chown -R "$OWNER" "$to" && mv "$to" "$CLONES/$1/data"; } || return
      [ "$CLONES" = "$ROOT" ] || ln -s "$CLONES/$1/data" "$ROOT/$1/data"
      ;;
    disk)
      if [ "$SPACE" = private ]; then mount --bind "$3" "$ROOT/$1/data"; else ln -s "$3" "$ROOT/$1/data"; fi
      return
      ;;
  esac
  # In data on a disk a server that was killed may have left it. It says that all is ready.
  [ ! -e "$ROOT/$1/data/postmaster.pid" ] || rm -f "$ROOT/$1/data/postmaster.pid"
}

# copier METHOD: finds out, once, how cp copies a data directory here.
copier() {
  [ -z "$how" ] || return 0
  # Files that share their storage in SOURCE must not do so in a clone that is written to. Nor is a clone there for a group, as
  # root's snapshots are: PostgreSQL refuses a key that others may read.
  case $(cp --help 2>&1) in *--no-preserve*) unlinked=--no-preserve=links,mode ;; *) unlinked= ;; esac
  case $1-$(uname) in
    reflink-Darwin) how="-c -R -p" ;;
    reflink-*) how="-a --reflink=auto $unlinked" ;;
    *-Darwin) how="-R -p" ;;
    *) how="-a $unlinked" ;;
  esac
}

# copy SOURCE TARGET
copy() {
  # GNU's cp takes a buffer for each file. Told so, glibc keeps that for the next; to give it back to the kernel takes three
  # quarters of the time in a virtual machine.
  # shellcheck disable=SC2086
  MALLOC_MMAP_THRESHOLD_=4194304 MALLOC_TRIM_THRESHOLD_=8388608 cp $how "$1" "$2"
}

# configure ID (NAME open|secret CONTENT)…: writes the files of a server's configuration.
configure() {
  folder=$ROOT/$1
  shift
  while [ $# -gt 0 ]; do
    file=$folder/$1 secret=${2#open}
    if [ -n "$secret" ]; then umask 077; else umask 022; fi
    printf '%s\n' "$3" >"$file" || return
    shift 3
    case $secret$OWNER in secret?*) chown "$OWNER" "$file" || return ;; esac
  done
  umask 077
}

# start ID METHOD SOURCE SIZE BIN SIGNAL TTL NUMBER FILE…: clones, then serves until the server ends; as the account NUMBER, or
# one of its own; FILEs are its configuration, as configure takes them.
start() {
  reachable "$1" "$3" "$5" || return
  # Here, so that the next start knows it.
  case $2 in reflink | copy) copier "$2" ;; esac
  (
    trap '' INT HUP
    trap - TERM
    id=$1 signal=$6 ttl=$7 bin=$5
    account "$8" || { event "exited $id 72"; exit; }
    # Where the kernel doesn't end them, somebody who was killed may have left programs with the number.
    [ "$SPACE" = private ] || [ -n "$8" ] || deserted
    [ "$2" != disk ] || hold 8 "${3%/*}/owner"
    if ! clone "$@" >"$ROOT/$id.log" 2>&1; then
      event "exited $id 71"
      exit
    fi
    [ ! -e "$ROOT/ending" ] || exit
    shift 8
    configure "$id" "$@" >>"$ROOT/$id.log" 2>&1 || { event "exited $id 71"; exit; }
    serve &
    pid=$!
    echo "$signal $pid $number" >"$ROOT/$id.pid"
    # Either the one that ends everything sees that file, or this one sees that all is ending.
    [ ! -e "$ROOT/ending" ] || kill -s KILL "$pid"
    event "started $id"
    if [ -n "$ttl" ]; then
      (
        trap 'kill "$sleep"; exit' TERM
        clock
        over=$((now + ttl))
        # Somebody else may end a sleep.
        until [ "$now" -ge "$over" ]; do
          sleep "$((over - now))" &
          sleep=$!
          wait "$sleep"
          clock
        done
        true >"$ROOT/$id.expired"
        event "expired $id"
        kill -s "$signal" "$pid"
      ) 9>&- &
      timer=$!
    fi
    wait "$pid"
    code=$?
    [ -z "$ttl" ] || kill "$timer"
    [ -e "$ROOT/ending" ] || [ -e "$ROOT/$id.expired" ] || note_end "$id" "$code"
    # Memory that its owner gave up can be given back with a program of the server's still at work in it. The number of the server stays
    # this process's until there is none.
    told=
    case $SPACE-$CLONES-$signal in "private-$ROOT-QUIT") [ ! -e "$ROOT/$id.dropped" ] || told=yes ;; esac
    [ -z "$told" ] || event "exited $id $code"
    deserted
    clean=$?
    [ "$SPACE" = private ] || release_memory "$pid" "$number"
    # Whoever hears of the end may start the next server on the same data.
    [ "$clean" != 0 ] || exec 9>&-
    [ -n "$told" ] || event "exited $id $code"
    until [ "$clean" = 0 ] || [ -e "$ROOT/ending" ]; do
      sleep 1
      deserted
      clean=$?
    done
    # Whoever ends this one's work goes by that file.
    [ "$clean" != 0 ] || rm -f "$ROOT/$id.pid"
  ) &
}

# clock: what time it is now, in seconds, by a clock that nobody sets, where there is one.
clock() {
  if [ -r /proc/uptime ]; then read -r now rest </proc/uptime; now=${now%.*}; else now=$(date +%s); fi
}

# note_end ID CODE: how a server ended that has no owner any more and that nobody stopped: when, its exit code, the end of its log.
note_end() {
  note=
  while IFS= read -r line; do note=$note${note:+$NL}$line; done <"$ROOT/note"
  [ -n "$note" ] || return
  # Whatever a server has made of its log, no more than that is read of it, and kept.
  { date +%s; echo "$2"; tail -c 65536 "$ROOT/$1.log" | tail -n 50; } >"$note.draft" && mv "$note.draft" "$note"
}

# Becomes the server.
serve() {
  outer_pid
  event "pid $id $pid"
  set --
  while read -r argument; do set -- "$@" -c "$argument"; done <"$ROOT/$id/arguments"
  # shellcheck disable=SC2086
  exec $AS "$bin/postgres" -D "$ROOT/$id/data" -c "config_file=$ROOT/$id/postgresql.conf" "$@" \
    </dev/null >>"$ROOT/$id.log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
}

# initdb ID SIZE BIN ARGUMENT…: a new data directory whose log of changes goes on at the beginning of a segment that nothing was
# written to, so that a snapshot holds one such segment, and next to nothing in it.
initdb() {
  reachable "$1" "$3" || return
  (
    id=$1 bin=$3
    named || { event "exited $id 72"; exit; }
    memory "$1" "$2" data || { event "exited $id 71"; exit; }
    shift 3
    {
      # shellcheck disable=SC2086
      $AS "$bin/initdb" -D "$ROOT/$id/data" "$@" && fresh_segment |
        $AS "$bin/postgres" --single -D "$ROOT/$id/data" -c wal_recycle=off -c wal_init_zero=off \
          -c max_wal_senders=0 -c wal_level=minimal -c fsync=off postgres
    } >"$ROOT/$id.log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
    event "exited $id $?"
  ) &
}

# An account for programs that insist on a name for it, which is added to the list that this space sees. Without a space of
# its own the list is the machine's, and the account one that others have too; but only this one has its group.
named() {
  if [ -n "$FIRST" ] && [ "$SPACE" = shared ]; then
    numbered '' || return
    gate=$number
    OWNER=${NOBODY%:*}:$gate
    AS="$AS --reuid=${NOBODY%:*} --regid=$gate --clear-groups"
    return
  fi
  account '' || return
  who=$OWNER
  # Nor has a user in a container a name who is known to it by number alone.
  [ -n "$who" ] || id -un || who=$(id -u):$(id -g)
  if [ -n "$who" ] && [ "$SPACE" = private ]; then
    { cat /etc/passwd; echo "paddock:x:$who::/:/bin/false"; } >"$ROOT/$id.passwd" &&
      chmod 644 "$ROOT/$id.passwd" && mount --bind "$ROOT/$id.passwd" /etc/passwd
  fi
}

# The commands that go past every segment that initdb made ahead, of older ones and full of what those held.
fresh_segment() {
  for segment in "$ROOT/$id/data/pg_wal"/*; do
    printf '%s\n' CHECKPOINT 'SELECT pg_switch_wal()'
  done
}

# stop ID SIGNAL: the exit is told by an event. By another signal than INT the owner gives up what is in memory.
stop() {
  [ "$2" = INT ] || true >"$ROOT/$1.dropped"
  if read -r signal pid number <"$ROOT/$1.pid"; then kill -s "$2" "$pid"; fi
}

# forget ID: gives back all that an ended server had.
forget() {
  (
    # Lazily, with the mounts below it: a backend that is just about to end holds up nothing. And if something is mounted there
    # still, nothing is deleted, for it might be the user's.
    if [ "$SPACE" = private ]; then umount -l "$ROOT/$1" || exit; fi
    rm -rf "${ROOT:?}/$1" "$ROOT/$1.log" "$ROOT/$1.pid" "$ROOT/$1.source" "$ROOT/$1.expired" "$ROOT/$1.dropped" "$ROOT/$1".is-*
    [ "$CLONES" = "$ROOT" ] || rm -rf "${CLONES:?}/$1"
  ) &
}

# bind FOLDER NAME: makes a folder of the owner's reachable to a user who may not pass through those above it.
bind() { seen "$1" && mkdir "$ROOT/$2" && chmod 755 "$ROOT/$2" && mount --bind "$1" "$ROOT/$2"; }

# Signals every server that the kernel doesn't end, until none is left. Again and again, for a postmaster that was made this
# instant is deaf to all but KILL; which comes by itself where nothing is to be saved.
end_servers() {
  rounds=0
  while [ "$rounds" -lt 1500 ]; do
    left=
    for file in "$ROOT"/*.pid; do
      read -r signal pid number <"$file" || continue
      # In a space of our own the kernel ends what is in memory; what is on disk is shut down in order.
      [ "$SPACE" = shared ] || [ "$signal" = INT ] || continue
      if [ "$signal" = QUIT ] && [ "$rounds" -gt 50 ]; then signal=KILL; fi
      if [ "$rounds" -lt 200 ] || [ "$signal" = INT ]; then kill -s "$signal" "$pid" && left=yes; fi
    done
    [ -n "$left" ] || return
    sleep 0.02
    rounds=$((rounds + 1))
  done
}

# Ends every server, and then all the rest.
finish() {
  trap '' TERM INT HUP
  true >"$ROOT/ending"
  end_servers
  if [ "$SPACE" = shared ]; then
    # Whoever was still copying sees by now that all is ending.
    wait
    end_servers
    rm -rf "$ROOT" "$CLONES"
  fi
  [ -z "$sign" ] || rm -f "$sign"
  exit
}

# detach SIGN NOTE: from now on the servers' own ends, or a signal, end this. SIGN is the file that is locked, and there, until then;
# NOTE the one that is to tell of an end that nobody asked for.
detach() {
  seen "$1"
  hold 7 "$1"
  sign=$1
  shift
  printf '%s\n' "$1" >"$ROOT/note"
  event detached
  exec </dev/null >/dev/null 3>/dev/null
  wait
  finish
}

trap finish TERM
how=
# Nor is a keeper to end because its owner doesn't hear its events any more.
trap '' INT HUP PIPE
shown=
sign=
# A folder of memory over /dev/shm takes in what PostgreSQL shares there itself.
if [ "$SPACE" = private ]; then
  exec 4<"$SHM"
  refusal=$(mount -t tmpfs -o mode=1777 paddock "$SHM" 2>&1 && mkdir -m 711 "$ROOT" 2>&1) ||
    { event "refused $refusal"; exit 70; }
fi
outer_pid
event "ready $pid"
# What root's keys open is not for its servers. A keyring of the session is handed on to whoever is started in it, whatever account that
# gets; this one's is another from here on, where there is the program that can do that.
[ -z "$FIRST" ] || keyctl new_session
while read -r command; do
  eval "$command"
done
finish
