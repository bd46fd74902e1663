#!/bin/bash
# The first process of a MariaDB container: makes a data directory where there is none, and becomes the server.
#
# MARIADB_ROOT_PASSWORD, or MARIADB_ALLOW_EMPTY_ROOT_PASSWORD; MARIADB_DATABASE; MARIADB_USER with MARIADB_PASSWORD; each of them
# as a file's name in NAME_FILE too. Files .sh, .sql, .sql.gz, .sql.xz and .sql.zst of /docker-entrypoint-initdb.d are run.
set -Eeo pipefail
data=/var/lib/mysql
socket=/run/mysqld/mysqld.sock

fail() {
    echo "error: $1" >&2
    exit 1
}

file_env() {
    local file=$1_FILE
    if [ -n "${!file:-}" ]; then
        [ -z "${!1:-}" ] || fail "both $1 and $file are set"
        printf -v "$1" %s "$(< "${!file}")"
        unset "$file"
    fi
    export "${1?}"
}

# As SQL has it between quotes.
quoted() {
    local text=${1//\\/\\\\}
    printf "'%s'" "${text//\'/\\\'}"
}

sql() {
    mariadb --no-defaults --protocol=socket --socket="$socket" --user=root --database="${1-}"
}

run() {
    case $1 in
        *.sh) if [ -x "$1" ]; then "$1"; else bash "$1"; fi ;;
        *.sql) sql "$MARIADB_DATABASE" < "$1" ;;
        *.sql.gz) gunzip -c "$1" | sql "$MARIADB_DATABASE" ;;
        *.sql.xz) xzcat "$1" | sql "$MARIADB_DATABASE" ;;
        *.sql.zst) zstd -dc "$1" | sql "$MARIADB_DATABASE" ;;
        *) echo "ignoring $1" ;;
    esac
}

initialise() {
    for name in MARIADB_ROOT_PASSWORD MARIADB_DATABASE MARIADB_USER MARIADB_PASSWORD; do
        file_env $name
    done
    [ -n "$MARIADB_ROOT_PASSWORD$MARIADB_ALLOW_EMPTY_ROOT_PASSWORD" ] ||
        fail "no password is given for root: set MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_FILE or MARIADB_ALLOW_EMPTY_ROOT_PASSWORD"
    mariadb-install-db --datadir="$data" --skip-test-db --auth-root-authentication-method=normal > /dev/null
    mariadbd --skip-networking --socket="$socket" &
    server=$!
    until mariadb-admin --no-defaults --socket="$socket" --user=root --silent ping > /dev/null 2>&1; do
        kill -0 $server 2> /dev/null || fail "the server that is initialised with doesn't start"
        sleep 0.1
    done
    [ -z "$MARIADB_DATABASE" ] || sql <<< "CREATE DATABASE IF NOT EXISTS \`$MARIADB_DATABASE\`"
    if [ -n "$MARIADB_USER" ]; then
        sql <<< "CREATE USER $(quoted "$MARIADB_USER")@'%' IDENTIFIED BY $(quoted "$MARIADB_PASSWORD")"
        [ -z "$MARIADB_DATABASE" ] ||
            sql <<< "GRANT ALL ON \`${MARIADB_DATABASE//_/\\_}\`.* TO $(quoted "$MARIADB_USER")@'%'"
    fi
    for file in /docker-entrypoint-initdb.d/*; do
        [ ! -e "$file" ] || run "$file"
    done
    # The programs that make a data directory give root an account without a password for each name of this host.
    sql <<< "DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost'; FLUSH PRIVILEGES;
        CREATE USER root@'%' IDENTIFIED BY $(quoted "$MARIADB_ROOT_PASSWORD"); GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;
        ALTER USER root@localhost IDENTIFIED BY $(quoted "$MARIADB_ROOT_PASSWORD")"
    kill -TERM $server
    wait $server
    unset MARIADB_ROOT_PASSWORD MARIADB_PASSWORD
}

[ "${1#-}" = "${1:-}" ] || set -- mariadbd "$@"
if [ "${1:-}" = mariadbd ]; then
    if [ "$(id -u)" = 0 ]; then
        find "$data" /run/mysqld ! -user mysql -exec chown mysql {} +
        # Files that only root can read are read by then.
        for name in MARIADB_ROOT_PASSWORD MARIADB_DATABASE MARIADB_USER MARIADB_PASSWORD; do
            file_env $name
        done
        exec setpriv --reuid=mysql --regid=mysql --clear-groups --inh-caps=-all "${BASH_SOURCE[0]}" "$@"
    fi
    [ -d "$data/mysql" ] || initialise
fi
exec "$@"
