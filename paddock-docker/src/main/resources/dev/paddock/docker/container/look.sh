# Tells what data directories there are below /look, and what else is in it, a fact a line.
cd /look || exit 1
ls -A | sed 's/^/entry=/'
sed 's/^/manifest=/' manifest.properties 2> /dev/null
[ ! -f unfinished ] || head -c 100 unfinished | sed 's/^/mark=/'
for version in PG_VERSION */PG_VERSION */*/PG_VERSION */*/*/PG_VERSION; do
    data=${version%PG_VERSION}
    [ -f "${data}global/pg_control" ] || continue
    # The newer official images have links to what is there anyway.
    [ "$(readlink -f "$version")" = "$PWD/$version" ] || continue
    printf 'path=%s\n' "${data%/}"
    printf 'version=%s\n' "$(cat "$version")"
    printf 'uid=%s\n' "$(stat -c %u "$version")"
    printf 'gid=%s\n' "$(stat -c %g "$version")"
    # The state stands behind the system's identifier and two versions, in each release's file.
    printf 'state=%s\n' "$(od -An -tu4 -j16 -N4 "${data}global/pg_control" | tr -d ' ')"
    printf 'segment=%s\n' "$(stat -c %s "${data}"pg_wal/0* 2> /dev/null | head -n 1)"
    [ ! -e "${data}postmaster.pid" ] || printf 'running=yes\n'
    [ ! -e "${data}standby.signal" ] || printf 'standby=yes\n'
done
