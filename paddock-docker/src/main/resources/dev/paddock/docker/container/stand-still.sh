# Packs the data of a running server as a power cut would leave it: all its processes stand still meanwhile.
#   $1 where the data is   the rest: folders below it that are left out
data=$1
shift
for folder; do
    shift
    set -- "$@" "--exclude=./$folder"
done
trap '' HUP INT QUIT TERM
kill -STOP -1
rm -rf /run/paddock-shared/data.tar
tar -cf /run/paddock-shared/data.tar -C "$data" --exclude=./postmaster.pid "$@" .
code=$?
kill -CONT -1
chmod 644 /run/paddock-shared/data.tar
exit $code
