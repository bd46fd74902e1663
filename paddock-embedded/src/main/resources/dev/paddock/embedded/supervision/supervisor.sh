# Runs servers for one owner. Commands come line by line on standard input, as words quoted for a shell; events leave on
# standard output. End of file on standard input means that the owner is gone: then everything ends.
#
# As the first process of its own process, mount and IPC namespaces (SPACE=private) its end is, by the kernel's hand, the end
# of every server, mount and byte of memory of it, even after kill -9. Where a machine refuses namespaces (SPACE=shared), it
# ends its servers itself, and its parent, the guard, does so if it can't.
#
# Environment: SPACE private|shared; ROOT folder for sockets, logs and memory; CLONES folder for copied data directories;
# AS the words that make a program run as the user, and with the rights, that PostgreSQL is to have; OWNER uid:gid if that
# isn't this process's own.

umask 077
exec 3>&1 >/dev/null 2>&1

event() { echo "$*" >&3; }

# Tells the number that processes outside know this one, or one that it becomes, by.
outer_pid() {
  if [ -r /proc/self/stat ]; then read -r pid rest </proc/self/stat; else pid=$$; fi
}

own() { [ -z "$OWNER" ] || chown "$OWNER" "$@"; }

# memory ID SIZE: an empty folder for a server, in memory up to SIZE where that can be had. Each program that is run for it
# counts: they are most of what a start costs beside the server itself.
memory() {
  if [ "$SPACE" = private ]; then
    mount -t tmpfs -o "X-mount.mkdir,size=$2,mode=0700${OWNER:+,uid=${OWNER%:*},gid=${OWNER#*:}}" paddock "$ROOT/$1"
  else
    mkdir "$ROOT/$1" && own "$ROOT/$1"
  fi
}

# seen PATH: has what others keep in the folder that memory was mounted over stand where it stood.
seen() {
  case $SPACE$1 in
    "private$ROOT"/*)
      kept=${1#"$ROOT"/}
      kept=${kept%%/*}
      [ -e "$ROOT/$kept" ] || {
        mkdir "$ROOT/$kept"
        # Whoever reads the path by its name alone finds the memory.
        (cd /proc/self/fd/4 && { mount -c --rbind "./$kept" "$ROOT/$kept" || mount --rbind "./$kept" "$ROOT/$kept"; })
      }
      ;;
  esac
}

# clone ID METHOD SOURCE SIZE BIN: a data directory that shares what it can with SOURCE and changes nothing in it.
clone() {
  memory "$1" "$4" || return
  case $2 in
    overlay)
      # Without an index: one would keep files together in the clone that share their storage in SOURCE.
      # As the account that the merged folder is to belong to.
      # shellcheck disable=SC2086
      ${OWNER:+$AS} mkdir "$ROOT/$1/upper" "$ROOT/$1/work" "$ROOT/$1/data" || return
      case $3 in
        *[:,\\]*) ln -s "$3" "$ROOT/$1.source" && lower=$ROOT/$1.source || return ;;
        *) lower=$3 ;;
      esac
      mount -t overlay -o "index=off,lowerdir=$lower,upperdir=$ROOT/$1/upper,workdir=$ROOT/$1/work$OVERLAY_OPTIONS" \
        paddock "$ROOT/$1/data"
      ;;
    reflink | copy)
      [ "$CLONES" = "$ROOT" ] || mkdir "$CLONES/$1" || return
      own "$CLONES/$1"
      # shellcheck disable=SC2086
      $(copier "$2") "$3" "$CLONES/$1/data" && { [ "$CLONES" = "$ROOT" ] || ln -s "$CLONES/$1/data" "$ROOT/$1/data"; }
      ;;
    disk)
      if [ "$SPACE" = private ]; then mkdir "$ROOT/$1/data" && mount --bind "$3" "$ROOT/$1/data"; else ln -s "$3" "$ROOT/$1/data"; fi
      ;;
  esac
}

copier() {
  # Files that share their storage in SOURCE must not do so in a clone that is written to.
  case $(cp --help 2>&1) in *--no-preserve*) unlinked=--no-preserve=links ;; *) unlinked= ;; esac
  case $1-$(uname) in
    reflink-Darwin) echo cp -c -R -p ;;
    reflink-*) echo cp -a --reflink=auto $unlinked ;;
    *-Darwin) echo cp -R -p ;;
    *) echo cp -a $unlinked ;;
  esac
}

# start ID METHOD SOURCE SIZE BIN SIGNAL TTL LINE…: clones, then serves until the server ends; LINEs are its configuration.
start() {
  seen "$3"
  seen "$5"
  (
    trap '' INT HUP
    trap - TERM
    id=$1 signal=$6 ttl=$7 bin=$5
    if ! clone "$@" >"$ROOT/$id.log" 2>&1; then
      event "exited $id 71"
      exit
    fi
    [ ! -e "$ROOT/ending" ] || exit
    shift 7
    # In a folder that nobody else can enter.
    umask 022
    printf '%s\n' "$@" >"$ROOT/$id/postgresql.conf"
    printf '%s\n' 'local all all trust' 'local replication all trust' \
      'host all all 127.0.0.1/32 scram-sha-256' 'host all all ::1/128 scram-sha-256' >"$ROOT/$id/pg_hba.conf"
    umask 077
    serve &
    pid=$!
    echo "$signal $pid" >"$ROOT/$id.pid"
    # Either the one that ends everything sees that file, or this one sees that all is ending.
    [ ! -e "$ROOT/ending" ] || kill -s KILL "$pid"
    event "started $id"
    if [ -n "$ttl" ]; then
      (
        trap 'kill "$sleep"; exit' TERM
        sleep "$ttl" &
        sleep=$!
        wait "$sleep"
        : >"$ROOT/$id.expired"
        event "expired $id"
        kill -s "$signal" "$pid"
      ) &
      timer=$!
    fi
    wait "$pid"
    code=$?
    [ -z "$ttl" ] || kill "$timer"
    [ "$SPACE" = private ] || release "$id"
    [ -e "$ROOT/ending" ] || [ -e "$ROOT/$id.expired" ] || note_end "$id" "$code"
    rm -f "$ROOT/$id.pid"
    event "exited $id $code"
  ) &
}

# note_end ID CODE: how a server ended that has no owner any more and that nobody stopped: when, its exit code, the end of its log.
note_end() {
  read -r note <"$ROOT/note" || return
  { date +%s; echo "$2"; tail -n 50 "$ROOT/$1.log"; } >"$note.draft" && mv "$note.draft" "$note"
}

# release ID: the shared memory by which postmasters know of each other, should one have been killed: its id is the last word of
# the seventh line of a file that only an orderly end removes.
release() {
  segment=$(sed -n '7s/.* //p' "$ROOT/$1/data/postmaster.pid")
  [ -z "$segment" ] || ipcrm -m "$segment"
}

# Becomes the server.
serve() {
  outer_pid
  event "pid $id $pid"
  # shellcheck disable=SC2086
  exec $AS "$bin/postgres" -D "$ROOT/$id/data" -c "config_file=$ROOT/$id/postgresql.conf" \
    </dev/null >>"$ROOT/$id.log" 2>&1 3>&- 4>&-
}

# initdb ID SIZE BIN ARGUMENT…: a new data directory whose log of changes goes on at the beginning of a segment that nothing was
# written to, so that a snapshot holds one such segment, and next to nothing in it.
initdb() {
  seen "$3"
  (
    id=$1 bin=$3
    memory "$1" "$2" || { event "exited $id 71"; exit; }
    shift 3
    {
      # shellcheck disable=SC2086
      $AS "$bin/initdb" -D "$ROOT/$id/data" "$@" && fresh_segment |
        $AS "$bin/postgres" --single -D "$ROOT/$id/data" -c wal_recycle=off -c wal_init_zero=off \
          -c max_wal_senders=0 -c wal_level=minimal -c fsync=off postgres
    } >"$ROOT/$id.log" 2>&1 3>&-
    event "exited $id $?"
  ) &
}

# The commands that go past every segment that initdb made ahead, of older ones and full of what those held.
fresh_segment() {
  for segment in "$ROOT/$id/data/pg_wal"/*; do
    printf '%s\n' CHECKPOINT 'SELECT pg_switch_wal()'
  done
}

# stop ID SIGNAL: the exit is told by an event.
stop() {
  if read -r signal pid <"$ROOT/$1.pid"; then kill -s "$2" "$pid"; fi
}

# forget ID: gives back all that an ended server had.
forget() {
  (
    # Lazily, with the mounts below it: a backend that is just about to end holds up nothing. And if something is mounted there
    # still, nothing is deleted, for it might be the user's.
    if [ "$SPACE" = private ]; then umount -l "$ROOT/$1" || exit; fi
    rm -rf "${ROOT:?}/$1" "$ROOT/$1.log" "$ROOT/$1.pid" "$ROOT/$1.source" "$ROOT/$1.expired"
    [ "$CLONES" = "$ROOT" ] || rm -rf "${CLONES:?}/$1"
  ) &
}

# bind FOLDER NAME: makes a folder of the owner's reachable to a user who may not pass through those above it.
bind() { seen "$1"; mkdir "$ROOT/$2" && chmod 755 "$ROOT/$2" && mount --bind "$1" "$ROOT/$2"; }

# Signals every server that the kernel doesn't end, until none is left. Again and again, for a postmaster that was made this
# instant is deaf to all but KILL; which comes by itself where nothing is to be saved.
end_servers() {
  rounds=0
  while [ "$rounds" -lt 1500 ]; do
    left=
    for file in "$ROOT"/*.pid; do
      read -r signal pid <"$file" || continue
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
  : >"$ROOT/ending"
  end_servers
  if [ "$SPACE" = shared ]; then
    # Whoever was still copying sees by now that all is ending.
    wait
    end_servers
    rm -rf "$ROOT" "$CLONES"
  fi
  exit
}

# detach NOTE: from now on the servers' own ends, or a signal, end this. NOTE is the file that is to tell of an end that nobody asked
# for.
detach() {
  seen "$1"
  printf '%s\n' "$1" >"$ROOT/note"
  event detached
  exec </dev/null >/dev/null 3>/dev/null
  wait
  finish
}

trap finish TERM
# Nor is a keeper to end because its owner doesn't hear its events any more.
trap '' INT HUP PIPE
# A folder of memory over /dev/shm takes in what PostgreSQL shares there itself.
if [ "$SPACE" = private ]; then
  exec 4<"$ROOT"
  refusal=$(mount -t tmpfs -o mode=1777 paddock "$ROOT" 2>&1) || { event "refused $refusal"; exit 70; }
fi
outer_pid
event "ready $pid"
while read -r command; do
  eval "$command"
done
finish
