# Becomes a service as its image would start it, and ends it when the owner is gone.
#
# Standard input is the owner's: its end is the owner's end, and a line "end" on it is the service's. A line "detach" lets the service
# live on without an owner.
#   $1 seconds to live, or nothing   then the command
# Who watches is nobody's child: a service may wonder about children that it hasn't started.
ttl=$1
shift
exec 3<&0 < /dev/null
(
    (
        while read -r word; do
            case $word in
                detach) exit 0 ;;
                end) break ;;
            esac
        done
        kill -KILL $$
    ) <&3 > /dev/null 2>&1 &
    if [ -n "$ttl" ]; then
        (
            live "$ttl"
            kill -KILL $$
        ) 3<&- > /dev/null 2>&1 &
    fi
)
exec 3<&-
exec "$@"
