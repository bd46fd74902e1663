# Packs the data of a running server as a power cut would leave it: all its processes stand still meanwhile.
kill -STOP -1
tar -cf /run/paddock/data.tar -C "$1" --exclude=./postmaster.pid .
code=$?
kill -CONT -1
chmod 644 /run/paddock/data.tar
exit $code
