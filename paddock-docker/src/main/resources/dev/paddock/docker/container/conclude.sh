# Packs what a server leaves that is shut down in order.
server=$(head -n 1 "$1/postmaster.pid")
kill -INT "$server"
while kill -0 "$server" 2> /dev/null; do
    sleep 0.02
done
tar -cf /run/paddock/data.tar -C "$1" . && chmod 644 /run/paddock/data.tar
