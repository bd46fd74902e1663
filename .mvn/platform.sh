# Sourced by the scripts at the root: which PostgreSQL runs on this machine.
paddock_platform() {
    arch=$(uname -m)
    case $arch in
        x86_64 | amd64) arch=amd64 ;;
        aarch64 | arm64) arch=arm64v8 ;;
        *)
            echo "paddock: there is no PostgreSQL for the architecture $arch" >&2
            echo "hint: x86_64 and aarch64 are supported" >&2
            return 1
            ;;
    esac
    case $(uname -s) in
        Linux)
            set -- /lib/ld-musl-*
            if [ -e "$1" ]; then echo "linux-$arch-alpine"; else echo "linux-$arch"; fi
            ;;
        # One universal build serves both kinds of Mac.
        Darwin) echo darwin-arm64v8 ;;
        *)
            echo "paddock: there is no PostgreSQL for the system $(uname -s)" >&2
            echo "hint: Linux and macOS are supported" >&2
            return 1
            ;;
    esac
}
