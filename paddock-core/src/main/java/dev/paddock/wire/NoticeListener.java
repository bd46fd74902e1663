package dev.paddock.wire;

/** Hears what a server says beside its answers: notices and warnings. Called on the thread that uses the connection. */
@FunctionalInterface
public interface NoticeListener {
    NoticeListener NONE = notice -> {};

    void heard(ServerMessage notice);
}
