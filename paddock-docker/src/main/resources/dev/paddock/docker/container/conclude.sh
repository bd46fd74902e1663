# Packs what a server leaves that is shut down in order. The container stays until its owner ends it.
#   $1 where the data is
server=$(head -n 1 "$1/postmaster.pid")
kill -USR1 1
kill -INT "$server"
while kill -0 "$server" 2> /dev/null; do
    sleep 0.02
done
rm -rf /run/paddock-shared/data.tar
tar -cf /run/paddock-shared/data.tar -C "$1" . && chmod 644 /run/paddock-shared/data.tar
