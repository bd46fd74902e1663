# The first process of a server's container: runs PostgreSQL, and ends it when the owner is gone.
#
# Standard input is the owner's: its end is the owner's end, and a line "end" on it is the server's. A line "detach" lets the server
# live on without an owner. A line "room" asks for what the file system of the data has left, which is answered in /run/paddock-shared.
#   $1 where the data is   $2 seconds to live, or nothing   $3 signal that ends the server when its owner is gone
#   $4 where all that is said goes: "folder", to the log in /run/paddock-shared, where it stands before anybody could ask for it;
#   "output", to the engine; "both", by way of a process that passes it on
#   $5… settings, as NAME=VALUE, that nothing in the data has a say in
# Where there is no data yet, an archive is unpacked there first. The signal USR1 keeps the container after the server until its owner
# ends it, for its data to be taken.
set -u
data=$1 ttl=$2 ending=$3 logged=$4
shift 4
for argument; do
    set -- "$@" -c "$argument"
    shift
done
archive=/run/paddock-data.tar
config=/run/paddock-config/postgresql.conf
shared=/run/paddock-shared
if [ ! -e "$config" ]; then
    echo "the folder /run/paddock-config is empty: the engine doesn't see the files of the machine that Paddock runs on" >&2
    exit 1
fi
case $logged in
    folder) exec >> "$shared/log" 2>&1 ;;
    both)
        rm -f /run/paddock/pipe
        mkfifo /run/paddock/pipe
        tee -a "$shared/log" < /run/paddock/pipe &
        passing=$!
        exec > /run/paddock/pipe 2>&1
        ;;
esac
if [ ! -e "$data/PG_VERSION" ]; then
    if [ ! -e "$archive" ]; then
        echo "the volume has not kept what it was filled with" >&2
        exit 1
    fi
    if [ -e "$shared/begun" ]; then
        echo "the data was in memory, and went when the container was stopped" >&2
        exit 1
    fi
    true > "$shared/begun" || exit 1
    mkdir -p -m 700 "$data" || exit 1
    tar -xmf "$archive" -C "$data" || exit 1
fi
# PostgreSQL refuses a key that others may read; whoever runs this may not be the one that it belongs to outside.
if [ -e /run/paddock-config/server.key ]; then
    (umask 077 && cat /run/paddock-config/server.key > /run/paddock/server.key) || exit 1
fi
# Whoever took the data of a running server took the first along; the others are of a server before this one.
rm -f "$data/postmaster.pid" "$shared/ended" "$shared"/.s.PGSQL.* /run/paddock/.s.PGSQL.*
# Data from elsewhere may know nobody called postgres, and no database of that name; where it does, this only says so.
if [ -e /run/paddock-config/foreign ]; then
    printf '%s\n' 'CREATE ROLE postgres SUPERUSER LOGIN' 'CREATE DATABASE postgres' |
        postgres --single -D "$data" -c config_file="$config" template1 > /dev/null
fi
exec 3<&0 < /dev/null
postgres -D "$data" -c config_file="$config" "$@" 3<&- &
server=$!
# A shell's background processes ignore these signals until they say otherwise, so one may be lost.
end() {
    while kill -"$ending" $server 2> /dev/null; do
        sleep 0.1
    done
}
trap 'kill -INT $server' INT TERM
trap 'kill -QUIT $server' QUIT
held=
trap 'held=yes' USR1
(
    while read -r word; do
        case $word in
            detach) exit 0 ;;
            end) break ;;
            room) printf '%s\n' "$(df -Pk "$data")" > "$shared/room.new" && mv "$shared/room.new" "$shared/room" ;;
        esac
    done
    end
) <&3 > /dev/null 2>&1 &
watch=$!
exec 3<&-
if [ -n "$ttl" ]; then
    (
        live "$ttl"
        # Where that can't be made, ":" would end this shell.
        true > /run/paddock/expired
        end
    ) > /dev/null 2>&1 &
fi
while kill -0 $server 2> /dev/null; do
    wait $server
    code=$?
done
[ -z "$held" ] || wait "$watch"
# The last lines have yet to reach the engine.
exec > /dev/null 2>&1
[ "$logged" != both ] || wait "$passing"
# What is left to do is the kernel's, which takes its time to give memory back.
true > "$shared/ended"
# What programs the server has left. This reaches nobody else only as the first process of a space of its own.
[ $$ != 1 ] || kill -KILL -1 2> /dev/null
# Folders that they have made in what is shared with the host can be closed to all but the account that they had here.
for folder in "$shared" /run/paddock; do
    for each in "$folder"/* "$folder"/.[!.]* "$folder"/..?*; do
        if [ -d "$each" ] && [ ! -L "$each" ]; then
            chmod -R u+rwx "$each"
            rm -rf "$each"
        fi
    done
done
exit "$code"
