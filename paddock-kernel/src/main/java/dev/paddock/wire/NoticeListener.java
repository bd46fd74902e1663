package dev.paddock.wire;

/** Hears what a server says beside its answers: notices and warnings. Called on the thread that uses the connection. */
@FunctionalInterface
public interface NoticeListener {
    /** Hears nothing. Not a lambda, since every server's start meets it and the first lambda of a JVM costs milliseconds. */
    NoticeListener NONE = new NoticeListener() {
        @Override
        public void heard(ServerMessage notice) {}
    };

    void heard(ServerMessage notice);
}
