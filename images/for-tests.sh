# Sourced by ./test: a Docker Engine where none runs and one may be started, and the images that the tests of containers need.
# shellcheck shell=sh

# Where images and logs of an engine that is started here are kept, apart from what another engine of this machine has.
engine_data=/var/lib/paddock-test/docker
engine_state=/run/paddock-test-docker
engine_pidfile=$PWD/target/dockerd.pid
engine_log=$PWD/target/dockerd.log
engine_lacking=
# Where programs of the system are, which an ordinary PATH leaves out.
PATH=$PATH:/usr/sbin:/sbin

# Asks the engine that clients find, by its own interface: no client is needed, and none can be too old or too new.
#   $1 path, then options of curl
ask_engine() {
    address=${DOCKER_HOST:-unix:///var/run/docker.sock}
    path=$1
    shift
    case $address in
        unix://*) curl -sS --unix-socket "${address#unix://}" "$@" "http://docker$path" ;;
        *) curl -sS "$@" "http://${address#tcp://}$path" ;;
    esac
}

engine_answers() {
    [ "$(ask_engine /_ping --max-time 5 2> /dev/null)" = OK ]
}

# Sets engine_lacking to the reason if there is none in the end.
start_engine() {
    if engine_answers; then
        echo "An engine answers already: ${DOCKER_HOST:-/var/run/docker.sock}"
    elif [ -n "${DOCKER_HOST:-}" ]; then
        engine_lacking="no engine answers at $DOCKER_HOST"
    elif [ "$(id -u)" != 0 ]; then
        engine_lacking="no engine answers at /var/run/docker.sock, and only root may start one"
    elif ! command -v dockerd > /dev/null; then
        engine_lacking="no engine answers, and dockerd is not installed"
    elif [ -e /var/run/docker.pid ] && kill -0 "$(cat /var/run/docker.pid)" 2> /dev/null; then
        engine_lacking="a dockerd runs (see /var/run/docker.pid), but doesn't answer"
    else
        launch_engine
    fi
}

launch_engine() {
    mkdir -p target "$engine_data"
    rm -f "$engine_pidfile"
    # Ctrl-C is for the tests, which need their engine until they have ended.
    # shellcheck disable=SC2086
    setsid dockerd --data-root "$engine_data" --exec-root "$engine_state" --pidfile "$engine_pidfile" ${engine_options:-} \
        > "$engine_log" 2>&1 < /dev/null &
    engine=$!
    waited=0
    until engine_answers; do
        if ! kill -0 "$engine" 2> /dev/null || [ "$waited" -ge 60 ]; then
            stop_engine
            engine_lacking="dockerd doesn't start: $(tail -n 3 "$engine_log" | tr '\n' ' ')"
            return
        fi
        sleep 1
        waited=$((waited + 1))
    done
    echo "Started an engine, with its log in $engine_log"
}

# The one that was started here, if any.
stop_engine() {
    [ -n "${engine:-}" ] || return 0
    kill -TERM "$engine" 2> /dev/null
    wait "$engine" 2> /dev/null
    engine=
    umount "$engine_state"/netns/* 2> /dev/null
    rm -rf --one-file-system "$engine_state"
}

has_image() {
    [ "$(ask_engine "/images/$1/json" -o /dev/null -w '%{http_code}' 2> /dev/null)" = 200 ]
}

# Of a folder here, by its Dockerfile.
build_image() {
    tar -C "images/$1" --sort=name -cf - . | ask_engine "/build?t=paddock/$1:test&networkmode=host&forcerm=1" \
        -X POST -H 'Content-Type: application/x-tar' --data-binary @- > "target/image-$1.log" 2>&1
    has_image "paddock/$1:test" && ! grep -q '"errorDetail"' "target/image-$1.log"
}

# What the engine has built before, it doesn't build again. Sets engine_lacking to the reason if it fails.
build_images() {
    began=$(date +%s)
    ./paddock image build --postgres 15 > target/image-15.log 2>&1 < /dev/null &
    first=$!
    ./paddock image build --postgres 18 > target/image-18.log 2>&1 < /dev/null &
    second=$!
    wait "$first" || engine_lacking="the image of PostgreSQL 15 can't be built"
    wait "$second" || engine_lacking="the image of PostgreSQL 18 can't be built"
    cat target/image-15.log target/image-18.log
    for other in mariadb redis; do
        if [ -z "$engine_lacking" ] && ! build_image "$other"; then
            engine_lacking="the image of $other can't be built"
            tail -c 2000 "target/image-$other.log"
        fi
    done
    echo "After $(($(date +%s) - began)) s: ${engine_lacking:-all images are there}"
}
