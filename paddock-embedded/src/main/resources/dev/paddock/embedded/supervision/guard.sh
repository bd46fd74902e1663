# Stands above a supervisor that has no namespaces: when that one ends, in whatever way, nothing of its servers stays.
# Arguments: the supervisor's script.
trap '' TERM INT HUP PIPE
umask 077
# Made here and not by the owner, who might be killed before anybody is there to remove them.
mkdir "$ROOT" || exit 70
[ "$CLONES" = "$ROOT" ] || mkdir "$CLONES" || exit 70
# Another account may pass through to what is its own.
[ -z "$FIRST" ] || chmod 711 "$ROOT" "$CLONES"
bound= limit=
# An ordinary user's servers have the account of their supervisor. That runs nothing which needs another's rights, so it gives up here,
# for all below it, what programs with the rights of their owner would give them. Root's servers each lose theirs by themselves.
[ -n "$FIRST" ] || limit=--no-new-privs
for words in "$limit --pdeathsig TERM" $limit; do
  # shellcheck disable=SC2086
  if setpriv $words true 2>/dev/null; then
    bound="setpriv $words"
    break
  fi
done
# A background process gets no standard input by itself, and the owner's is what the supervisor lives by.
exec 5<&0
(
  trap - TERM INT HUP PIPE
  exec $bound sh "$1" <&5 5<&-
) &
exec </dev/null 5<&-
wait $!

# is_ours: whether the number is still that of the server in the folder. Where numbers are reserved, another may have got it since.
is_ours() {
  [ -z "$RESERVED" ] || reserve "$number" || [ "$(readlink "/proc/$pid/cwd")" = "$(readlink -f "$folder")" ]
}

true >"$ROOT/ending" 2>/dev/null
for file in "$ROOT"/*.pid; do
  read -r signal pid number <"$file" 2>/dev/null || continue
  folder=${file%.pid}/data
  if [ -n "$FIRST" ] && [ "${number:-0}" -ge "$FIRST" ] && is_ours; then end_programs "$number" /proc; fi
  # Nobody else's: only a postmaster works in this folder.
  [ "$(readlink -f "/proc/$pid/cwd" 2>/dev/null || readlink -f "$folder")" = "$(readlink -f "$folder")" ] || continue
  children=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null)
  # shellcheck disable=SC2086
  kill -s KILL "$pid" $children 2>/dev/null
  release_memory "$pid" "$number"
done
# A copy that was under way may add to it for a moment still.
rounds=0
while [ -e "$ROOT" ] || [ -e "$CLONES" ]; do
  rm -rf "$ROOT" "$CLONES" 2>/dev/null
  [ "$rounds" -lt 500 ] || exit 1
  sleep 0.02
  rounds=$((rounds + 1))
done
