package dev.paddock.template;

import dev.paddock.content.ContentDigest;
import dev.paddock.database.Database;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.script.ScriptTarget;
import dev.paddock.server.Databases;
import dev.paddock.wire.Login;
import dev.paddock.wire.Quoted;
import dev.paddock.wire.ScramVerifier;
import dev.paddock.wire.WireConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Templates as databases of one running server: each built once per content, by one of all who want it at the same time, in whatever
 * process. A failed build leaves no database.
 *
 * @param server how its superuser connects
 */
public record TemplateDatabases(ConnectionInfo server, Progress progress) {
    /** Enough to tell contents apart, and short enough for a name. */
    private static final int DIGITS = 32;

    private static final Duration WHILE_ANOTHER_BUILDS = Duration.ofHours(1);

    /**
     * The database of this content, built if the server doesn't have it yet.
     *
     * @param databases of the same server; the build is locked by its session
     * @return marked as a template and closed to connections
     * @throws dev.paddock.model.PaddockException if a layer can't be read or applied
     */
    public String get(List<Layer> layers, Databases databases) {
        String content = content(layers);
        return databases.template(content).orElseGet(() -> locked(content, layers, databases));
    }

    static String content(List<Layer> layers) {
        return ContentDigest.of(layers.stream().map(Layer::key).toArray(String[]::new))
                .substring(0, DIGITS);
    }

    private String locked(String content, List<Layer> layers, Databases databases) {
        String lock = "(" + Long.parseUnsignedLong(content.substring(0, 16), 16) + ")";
        // If this process is killed, its session ends and with it the lock.
        databases.control().execute("SELECT pg_advisory_lock" + lock, WHILE_ANOTHER_BUILDS);
        try {
            return databases.template(content).orElseGet(() -> built(content, layers, databases));
        } finally {
            databases.control().execute("SELECT pg_advisory_unlock" + lock);
        }
    }

    private String built(String content, List<Layer> layers, Databases databases) {
        String name = Databases.TEMPLATE + "_" + content;
        // One that was killed while it built has left something that isn't marked as a template.
        databases.dropIfExists(name);
        databases.create(name, Optional.empty());
        try {
            new Unchanged(layers, () -> content(layers).equals(content))
                    .whileDoing(() -> apply(layers, name, databases));
            databases.makeTemplate(name, content);
            return name;
        } catch (RuntimeException failure) {
            try {
                databases.dropIfExists(name);
            } catch (RuntimeException another) {
                failure.addSuppressed(another);
            }
            throw failure;
        }
    }

    private void apply(List<Layer> layers, String name, Databases databases) {
        Database database = Database.of(server.withDatabase(name));
        try {
            for (Layer layer : layers) {
                layer.apply(new LayerTarget(database, new OverTcp(database.connection()), progress));
            }
        } finally {
            // A dump of a whole server sets passwords, perhaps that of the very user whose clients are connected.
            databases
                    .control()
                    .execute("ALTER ROLE " + Quoted.identifier(server.user()) + " SUPERUSER LOGIN PASSWORD "
                            + Quoted.literal(ScramVerifier.of(server.password())));
        }
    }

    /** Runs scripts as the server's user, for whom doesn't own the server there is no other way in. */
    private record OverTcp(ConnectionInfo connection) implements ScriptTarget {
        @Override
        public WireConnection connect(String user, String name) {
            if (!user.equals(connection.user())) {
                throw new PaddockException(
                        "can't connect as '" + user + "', whose password isn't known here",
                        "leave only the database; SET SESSION AUTHORIZATION makes what follows that user's");
            }
            return Databases.connect(connection, Login.of(user, name));
        }

        @Override
        public String user() {
            return connection.user();
        }

        @Override
        public String database() {
            return connection.database();
        }
    }
}
