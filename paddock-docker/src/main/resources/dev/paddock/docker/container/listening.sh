# Whether anybody in this container listens on the port $1 for more than the container itself; needs nothing but the shell.
port=$(printf '%04X' "$1")
for table in /proc/net/tcp /proc/net/tcp6; do
    [ -r $table ] || continue
    while read -r _ local _ state _; do
        case $local in
            0100007F:* | 00000000000000000000000001000000:*) ;;
            *:"$port") [ "$state" != 0A ] || exit 0 ;;
        esac
    done < $table
done
exit 1
