# Stands above a supervisor that has no namespaces: when that one ends, in whatever way, nothing of its servers stays.
# Arguments: the supervisor's script.
trap '' TERM INT HUP
bound=
if setpriv --pdeathsig TERM true 2>/dev/null; then bound='setpriv --pdeathsig TERM'; fi
# A background process gets no standard input by itself, and the owner's is what the supervisor lives by.
exec 5<&0
(
  trap - TERM INT HUP
  exec $bound sh "$1" <&5 5<&-
) &
exec </dev/null 5<&-
wait $!

for file in "$ROOT"/*.pid; do
  read -r signal pid <"$file" 2>/dev/null || continue
  folder=${file%.pid}/data
  # Nobody else's: only a postmaster works in this folder.
  [ "$(readlink -f "/proc/$pid/cwd" 2>/dev/null || readlink -f "$folder")" = "$(readlink -f "$folder")" ] || continue
  segment=$(sed -n '7s/.* //p' "$folder/postmaster.pid" 2>/dev/null)
  children=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null)
  # shellcheck disable=SC2086
  kill -s KILL "$pid" $children 2>/dev/null
  [ -z "$segment" ] || ipcrm -m "$segment" 2>/dev/null
done
rm -rf "$ROOT" "$CLONES"
rmdir "${ROOT%/*}" "${CLONES%/*}" 2>/dev/null
