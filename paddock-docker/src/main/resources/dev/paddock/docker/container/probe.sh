# Tells what an image is, a fact a line.
printf 'uid=%s\n' "$(id -u postgres 2> /dev/null)"
printf 'gid=%s\n' "$(id -g postgres 2> /dev/null)"
printf 'version=%s\n' "$(postgres --version 2> /dev/null)"
printf 'machine=%s\n' "$(uname -m)"
printf 'libc=%s\n' "$(getconf GNU_LIBC_VERSION 2> /dev/null || echo musl)"
icu=$(ldd "$(readlink -f "$(command -v postgres)")" 2> /dev/null |
    sed -n 's/.*=> \(.*libicui18n[^ ]*\) .*/\1/p')
[ -z "$icu" ] || icu=$(basename "$(readlink -f "$icu")")
printf 'icu=%s\n' "${icu##*.so.}"
for program in tar sleep sed head chmod; do
    command -v "$program" > /dev/null || printf 'lacks=%s\n' "$program"
done
