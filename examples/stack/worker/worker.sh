# The application: takes the names of ponies out of the queue, and writes each into the database.
set -eu
export PGHOST=postgres PGUSER=stable PGDATABASE=stable PGPASSWORD
PGPASSWORD=$(cat /run/secrets/postgres_password)
exec 3<> /dev/tcp/queue/6379
echo "waiting for ponies"
while :; do
    printf 'BLPOP ponies 0\r\n' >&3
    # An array of the list's name and the pony's: *2, $6, ponies, $n, and the pony.
    for _ in 1 2 3 4 5; do
        IFS= read -r answer <&3
    done
    psql -qv ON_ERROR_STOP=1 -v name="${answer%$'\r'}" <<< "INSERT INTO pony (name) VALUES (:'name') ON CONFLICT DO NOTHING"
done
