# Tells what time it is now, in seconds, by a clock that nobody sets, where there is one.
clock() {
    if [ -r /proc/uptime ]; then
        read -r now _ < /proc/uptime
        now=${now%.*}
    else
        now=$(date +%s)
    fi
}
# live SECONDS: returns when they are over. Somebody else may end a sleep.
live() {
    clock
    over=$((now + $1))
    until [ "$now" -ge "$over" ]; do
        sleep "$((over - now))"
        clock
    done
}
