# Lets an image's own entrypoint make a data directory, with whatever its initialisation scripts add to it, and packs it once the
# server that it is made with has been shut down.
#
# The entrypoint's own server answers on the socket before all is done; the one that stays is the process that the entrypoint became.
set -u
exec 3<&0 < /dev/null
"$@" 3<&- &
server=$!
(
    while read -r word && [ "$word" != end ]; do :; done
    kill -KILL $server
) <&3 &
watch=$!
exec 3<&-
status=$PGDATA/postmaster.pid
until [ "$(head -n 1 "$status" 2> /dev/null)" = $server ] && [ "$(sed -n '8s/ *$//p' "$status" 2> /dev/null)" = ready ]; do
    if ! kill -0 $server 2> /dev/null; then
        wait $server
        code=$?
        [ $code != 0 ] || code=1
        kill $watch
        exit $code
    fi
    sleep 0.05
done
kill -INT $server
wait $server || exit 1
kill $watch
tar -cf /run/paddock-shared/data.tar -C "$PGDATA" . && chmod 644 /run/paddock-shared/data.tar
