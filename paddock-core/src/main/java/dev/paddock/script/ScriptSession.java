package dev.paddock.script;

import dev.paddock.wire.ClientEncoding;
import dev.paddock.wire.WireConnection;
import java.time.Duration;

/** The session that a script runs in, until it connects elsewhere. Not thread-safe; whoever opens it closes it. */
final class ScriptSession implements AutoCloseable {
    /** The user's own statements are the user's own matter; whoever started them may interrupt them. */
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(3650);

    private final ScriptTarget target;
    private final ScriptListener listener;
    private WireConnection connection;
    private String database;
    private String restriction = "";

    private ScriptSession(ScriptTarget target, ScriptListener listener, WireConnection connection) {
        this.target = target;
        this.listener = listener;
        this.connection = connection;
        this.database = target.database();
    }

    static ScriptSession open(ScriptTarget target, ScriptListener listener) {
        return new ScriptSession(target, listener, connect(target, target.database(), listener));
    }

    private static WireConnection connect(ScriptTarget target, String database, ScriptListener listener) {
        WireConnection connection = target.connect(database);
        connection.patience(AS_LONG_AS_IT_TAKES);
        connection.listen(listener::noticed);
        return connection;
    }

    ScriptTarget target() {
        return target;
    }

    ScriptListener listener() {
        return listener;
    }

    WireConnection connection() {
        return connection;
    }

    /** Where it is connected. */
    String database() {
        return database;
    }

    void reconnect(String other) {
        connection.close();
        connection = connect(target, other, listener);
        database = other;
    }

    /** The key that ends what {@code \restrict} began; empty if nothing is restricted. */
    String restriction() {
        return restriction;
    }

    void restrict(String key) {
        restriction = key;
    }

    boolean standardStrings() {
        return !connection.parameter("standard_conforming_strings").orElse("on").equals("off");
    }

    ClientEncoding encoding() {
        return ClientEncoding.of(connection.parameter("client_encoding").orElse("UTF8"));
    }

    @Override
    public void close() {
        connection.close();
    }
}
