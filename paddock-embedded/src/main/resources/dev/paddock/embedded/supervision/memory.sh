# release_memory PID NUMBER: the shared memory by which postmasters know of each other, should the one called PID have been
# killed; it ran as the account NUMBER, or as this process's own. Who made it is the kernel's word: in the data directory stands
# what whoever used the server has written there.
release_memory() {
  # Elsewhere than on Linux a program tells of it.
  [ -r /proc/sysvipc/shm ] || ipcs -mp | while read -r kind segment key mode user group creator last; do
    [ "$kind $creator" != "m $1" ] || ipcrm -m "$segment"
  done
  rounds=0
  while [ "$rounds" -lt 50 ]; do
    left=
    while read -r key segment mode size creator last attached uid rest; do
      [ "$creator $uid" = "$1 ${2:-$uid}" ] || continue
      # The last of its processes is about to end; anybody else's that goes on is not the server's.
      if [ "$attached" = 0 ]; then ipcrm -m "$segment"; else left=yes; fi
    done </proc/sysvipc/shm
    [ -n "$left" ] || return 0
    sleep 0.02
    rounds=$((rounds + 1))
  done
} 2>/dev/null

