#!/bin/sh
# The first process of a Redis container: becomes the server, as another user than root.
set -eu
[ "${1#-}" = "${1:-}" ] || set -- redis-server "$@"
if [ "${1:-}" = redis-server ]; then
    shift
    # Who reaches it is for the container's network to decide.
    set -- redis-server --protected-mode no "$@"
    if [ "$(id -u)" = 0 ]; then
        find . ! -user redis -exec chown redis {} +
        exec setpriv --reuid=redis --regid=redis --clear-groups --inh-caps=-all "$@"
    fi
fi
exec "$@"
