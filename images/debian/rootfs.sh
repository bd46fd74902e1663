#!/bin/sh
# Makes a Debian system, and writes to standard output what an engine builds an image of it from:
#
#   sh rootfs.sh bookworm | docker build -t paddock/debian:bookworm -
#
#   $1 suite   $2 mirror, if not debootstrap's own
# Needs root and debootstrap, whose own words go to standard error. With PADDOCK_OWNER=stdin the end of standard input ends it.
set -eu
# In namespaces of its own, so that whatever is mounted and started here is gone with it, however it ends. Whoever starts it sets
# PADDOCK_APART after having done the same.
if [ -z "${PADDOCK_APART:-}" ]; then
    PADDOCK_APART=1 exec unshare --mount --pid --fork --mount-proc --kill-child=TERM sh "$0" "$@"
fi
suite=$1
mirror=${2:-$(sed -n 's/^DEF_MIRROR="\(.*\)"$/\1/p' "$(command -v debootstrap)")}
mirror=${mirror%/}
work=$(mktemp -d "${TMPDIR:-/tmp}/paddock-debian.XXXXXX")
root=$work/root
clean() {
    umount --lazy --recursive "$work" 2> /dev/null || :
    rmdir "$work"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
if [ "${PADDOCK_OWNER:-}" = stdin ]; then
    exec 3<&0 < /dev/null
    # All processes of the namespace but this one, and then this one for want of them.
    (
        cat <&3 > /dev/null
        kill -TERM -1
    ) &
    exec 3<&-
fi

# In memory it takes half the time, for what installs packages waits for the disk after each file.
mount -t tmpfs -o size=2g,mode=0755 paddock "$work"

# All suites of today are made by one script, which is there even where debootstrap is older than the suite.
debootstrap --force-check-gpg --variant=minbase "$suite" "$root" "$mirror" sid >&2

# Fixes come by these, as far as the mirror has them.
for more in "$mirror $suite-updates" "$mirror-security $suite-security"; do
    if wget -q --spider "${more% *}/dists/${more#* }/InRelease"; then
        echo "deb $more main" >> "$root/etc/apt/sources.list"
    fi
done

# No package starts anything when it is installed, and apt keeps nothing that it can fetch again.
printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
cat > "$root/etc/apt/apt.conf.d/paddock" << END
APT::Install-Recommends "false";
Acquire::Languages "none";
Binary::apt::APT::Keep-Downloaded-Packages "false";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
END
# An archive that stands still, such as a copy in a network without others, expires; apt of this machine has been told about it.
apt-config dump Acquire::Check-Valid-Until 2> /dev/null >> "$root/etc/apt/apt.conf.d/paddock" || :
cat > "$root/etc/dpkg/dpkg.cfg.d/paddock" << END
force-unsafe-io
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/man/*
path-exclude /usr/share/info/*
path-exclude /usr/share/lintian/*
END
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* "$root"/usr/share/man/* "$root"/usr/share/info/*
mkdir -p "$root/var/log/apt" "$root/var/cache/apt/archives/partial"
: > "$root/etc/hostname"
rm -f "$root/etc/resolv.conf"

context=$work/context
mkdir "$context"
tar -C "$root" --numeric-owner --xattrs --xattrs-include='*' \
    --exclude='./proc/*' --exclude='./sys/*' --exclude='./dev/*' -cf "$context/rootfs.tar" .
printf 'FROM scratch\nADD rootfs.tar /\nCMD ["bash"]\n' > "$context/Dockerfile"
tar -C "$context" -cf - Dockerfile rootfs.tar
