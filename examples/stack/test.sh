# Sends a pony through the whole stack, from the host: into the queue, and out of the database.
set -eu
exec 3<> "/dev/tcp/$PADDOCK_QUEUE_HOST/$PADDOCK_QUEUE_PORT"
printf 'RPUSH ponies Morgana\r\n' >&3
for _ in $(seq 100); do
    arrived=$(psql -Atc "SELECT string_agg(name, ' ' ORDER BY name) FROM pony")
    if [ "$arrived" = "Merlin Morgana" ]; then
        echo "arrived: $arrived"
        exit 0
    fi
    sleep 0.1
done
echo "only these arrived: $arrived" >&2
exit 1
