#!/bin/bash
# The first process of a PostgreSQL container, by the contract of the official image `postgres`: makes a data directory where there
# is none, with a user, a password, a database and whatever /docker-entrypoint-initdb.d holds, and becomes the server.
set -Eeo pipefail

# A variable NAME, or the content of the file that NAME_FILE names, or a default.
file_env() {
    local name=$1 file=$1_FILE value=${2:-}
    if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then
        fail "both $name and $file are set" "they exclude each other: unset one"
    fi
    if [ -n "${!name:-}" ]; then
        value=${!name}
    elif [ -n "${!file:-}" ]; then
        [ -r "${!file}" ] || fail "$file is ${!file}, which can't be read by $(id -un 2> /dev/null || id -u)"
        value=$(< "${!file}")
    fi
    export "$name"="$value"
    unset "$file"
}

fail() {
    printf 'error: %s\n' "$1" >&2
    [ -z "${2:-}" ] || printf 'hint: %s\n' "$2" >&2
    exit 1
}

# In the database that was made, unless the arguments name another.
docker_process_sql() {
    PGHOST='' PGHOSTADDR='' psql -v ON_ERROR_STOP=1 --no-psqlrc --no-password --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"
}

# In the order of their names as given, each by its ending.
docker_process_init_files() {
    local file
    for file; do
        case $file in
            *.sh)
                if [ -x "$file" ]; then
                    echo "$0: running $file"
                    "$file"
                else
                    echo "$0: sourcing $file"
                    # shellcheck disable=SC1090
                    . "$file"
                fi
                ;;
            *.sql) echo "$0: running $file" && docker_process_sql -f "$file" ;;
            *.sql.gz) echo "$0: running $file" && gunzip -c "$file" | docker_process_sql ;;
            *.sql.xz) echo "$0: running $file" && xzcat "$file" | docker_process_sql ;;
            *.sql.zst) echo "$0: running $file" && zstd -dc "$file" | docker_process_sql ;;
            *) echo "$0: ignoring $file" ;;
        esac
    done
}

read_environment() {
    file_env POSTGRES_PASSWORD
    file_env POSTGRES_USER postgres
    file_env POSTGRES_DB "$POSTGRES_USER"
    file_env POSTGRES_INITDB_ARGS
    file_env POSTGRES_INITDB_WALDIR
    file_env POSTGRES_HOST_AUTH_METHOD
}

# Who mounts a volume where older versions had it gets told, instead of an empty server whose data nobody keeps.
refuse_data_of_older_versions() {
    local old advice="mount the volume at /var/lib/postgresql; older data is upgraded by pg_upgrade"
    [ "${PG_MAJOR:-0}" -ge 18 ] && [ ! -s "$PGDATA/PG_VERSION" ] || return 0
    for old in /var/lib/postgresql /var/lib/postgresql/data; do
        [ ! -s "$old/PG_VERSION" ] ||
            fail "$old holds the data of PostgreSQL $(< "$old/PG_VERSION"), and $PG_MAJOR has its own at $PGDATA" "$advice"
    done
    case $PGDATA/ in
        /var/lib/postgresql/data/*) ;;
        *)
            if grep -q ' /var/lib/postgresql/data ' /proc/mounts; then
                fail "a volume is mounted at /var/lib/postgresql/data, but PostgreSQL $PG_MAJOR has its data at $PGDATA" "$advice"
            fi
            ;;
    esac
}

make_directories() {
    local folder
    for folder in "$PGDATA" "$POSTGRES_INITDB_WALDIR"; do
        [ -n "$folder" ] || continue
        mkdir -p "$folder"
        # Not by everyone who may use it: on some mounts nobody can.
        chmod 00700 "$folder" 2> /dev/null || :
    done
    mkdir -p /var/run/postgresql 2> /dev/null || :
    chmod 03775 /var/run/postgresql 2> /dev/null || :
    if [ "$(id -u)" = 0 ]; then
        for folder in "$PGDATA" "$POSTGRES_INITDB_WALDIR" /var/run/postgresql; do
            [ -z "$folder" ] || find "$folder" ! -user postgres -exec chown postgres {} +
        done
    fi
}

step_down() {
    export HOME
    HOME=$(getent passwd postgres | cut -d : -f 6)
    exec setpriv --reuid=postgres --regid=postgres --init-groups --inh-caps=-all "${BASH_SOURCE[0]}" "$@"
}

refuse_what_is_unsafe_or_impossible() {
    if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ]; then
        fail "no password is given for the superuser $POSTGRES_USER" \
            "set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE, or POSTGRES_HOST_AUTH_METHOD=trust to let in everyone without one"
    fi
    if [ "$POSTGRES_HOST_AUTH_METHOD" = trust ]; then
        echo "warning: POSTGRES_HOST_AUTH_METHOD is trust: whoever reaches the server is let in as anyone, without a password" >&2
    fi
    if [ ! -O "$PGDATA" ]; then
        fail "$PGDATA belongs to the user $(stat -c %u "$PGDATA"), and PostgreSQL runs as $(id -u), which must own it" \
            "mount a folder of that user's there, or set PGDATA to a folder below it"
    fi
}

# PostgreSQL's programs ask for the name of the user who runs them, who may have none.
give_user_a_name() {
    NAMES=
    ! getent passwd "$(id -u)" > /dev/null || return 0
    local library
    for library in /usr/lib/*/libnss_wrapper.so; do
        [ -e "$library" ] || return 0
        # The one place that can be written even where the root file system can't.
        NAMES=$(mktemp -d -p /dev/shm 2> /dev/null || mktemp -d)
        echo "postgres:x:$(id -u):$(id -g):PostgreSQL:$PGDATA:/bin/false" > "$NAMES/passwd"
        echo "postgres:x:$(id -g):" > "$NAMES/group"
        export LD_PRELOAD=$library NSS_WRAPPER_PASSWD=$NAMES/passwd NSS_WRAPPER_GROUP=$NAMES/group
        break
    done
}

take_name_away() {
    [ -n "$NAMES" ] || return 0
    unset LD_PRELOAD NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP
    rm -rf "$NAMES"
    NAMES=
}

# In a folder of its own first, since initdb wants an empty one, and the mark of what is unfinished must be there before it begins.
docker_init_database_dir() {
    local made=$PGDATA/initialised
    [ -z "$POSTGRES_INITDB_WALDIR" ] || set -- --waldir "$POSTGRES_INITDB_WALDIR" "$@"
    # The arguments are quoted as for a shell.
    eval "initdb --pgdata=\"\$made\" --username=\"\$POSTGRES_USER\" --pwfile=<(printf '%s\n' \"\$POSTGRES_PASSWORD\") $POSTGRES_INITDB_ARGS \"\$@\""
    chmod "$(stat -c %a "$made")" "$PGDATA"
    mv "$made"/* "$PGDATA/"
    rmdir "$made"
}

# Takes the server's command, like the next.
pg_setup_hba_conf() {
    local method=$POSTGRES_HOST_AUTH_METHOD
    [ -n "$method" ] || method=$(postgres -C password_encryption "${@:2}")
    printf '\nhost all all all %s\n' "$method" >> "$PGDATA/pg_hba.conf"
}

# Reached by the socket alone, so that nobody takes it for the one that stays.
docker_temp_server_start() {
    local options
    options=$(printf '%q ' "${@:2}" -c listen_addresses= -p "${PGPORT:-5432}")
    env -u NOTIFY_SOCKET PGUSER="${PGUSER:-$POSTGRES_USER}" pg_ctl -D "$PGDATA" -o "$options" -w start
}

docker_temp_server_stop() {
    pg_ctl -D "$PGDATA" -m "${1:-fast}" -w stop
}

docker_setup_db() {
    local exists
    exists=$(docker_process_sql --dbname postgres --set db="$POSTGRES_DB" --tuples-only <<< \
        "SELECT 1 FROM pg_database WHERE datname = :'db'")
    [ -n "$exists" ] || docker_process_sql --dbname postgres --set db="$POSTGRES_DB" <<< 'CREATE DATABASE :"db"'
}

# A disk of its own has lost+found at its top.
holds_files() {
    [ -n "$(find "$PGDATA/" -mindepth 1 -maxdepth 1 ! -name lost+found ! -name "${UNFINISHED##*/}" -print -quit)" ]
}

end_unfinished() {
    local code=$?
    docker_temp_server_stop immediate > /dev/null 2>&1 || :
    take_name_away
    # What initdb can't make it takes away again. Then nothing is there that could be taken for a database.
    holds_files || rm -f "$UNFINISHED"
    if [ -e "$UNFINISHED" ]; then
        echo "error: $PGDATA was not finished, see above" >&2
    fi
    exit $((code == 0 ? 1 : code))
}

make_database() {
    UNFINISHED=$PGDATA/initialisation.unfinished
    if holds_files; then
        fail "$PGDATA holds files, but no database" "mount an empty volume or folder there, or set PGDATA to a folder below it"
    fi
    : > "$UNFINISHED"
    give_user_a_name
    trap end_unfinished EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    docker_init_database_dir
    pg_setup_hba_conf "$@"
    # So that psql, and scripts that call it, can log in.
    export PGPASSWORD=${PGPASSWORD:-$POSTGRES_PASSWORD}
    docker_temp_server_start "$@"
    docker_setup_db
    docker_process_init_files /docker-entrypoint-initdb.d/*
    docker_temp_server_stop
    # On the disk, before it is said that nothing is missing.
    sync -f "$PGDATA" || sync
    rm "$UNFINISHED"
    take_name_away
    trap - EXIT INT TERM
    unset PGPASSWORD
    printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

# Only told, not served: help, a version.
wants_no_server() {
    local argument
    for argument; do
        case $argument in
            -'?' | --help | --describe-config | -V | --version) return 0 ;;
        esac
    done
    return 1
}

main() {
    [ "${1#-}" = "${1:-}" ] || set -- postgres "$@"
    if [ "${1:-}" = postgres ] && ! wants_no_server "$@"; then
        read_environment
        refuse_data_of_older_versions
        make_directories
        [ "$(id -u)" != 0 ] || step_down "$@"
        if [ -e "$PGDATA/initialisation.unfinished" ]; then
            fail "the initialisation of $PGDATA was begun once and never finished, so what is there may be anything" \
                "remove that volume or folder, and start again"
        elif [ -s "$PGDATA/PG_VERSION" ]; then
            printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
        else
            refuse_what_is_unsafe_or_impossible
            make_database "$@"
        fi
        # Nothing that the server needs to know.
        unset POSTGRES_PASSWORD
    fi
    exec "$@"
}

main "$@"
