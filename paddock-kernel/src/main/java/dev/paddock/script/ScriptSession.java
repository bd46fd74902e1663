package dev.paddock.script;

import dev.paddock.model.Progress;
import dev.paddock.wire.ClientEncoding;
import dev.paddock.wire.Quoted;
import dev.paddock.wire.WireConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** The session that a script runs in, until it connects elsewhere. Not thread-safe; whoever opens it closes it. */
final class ScriptSession implements AutoCloseable {
    /** The user's own statements are the user's own matter; whoever started them may interrupt them. */
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(3650);

    private final ScriptTarget target;
    private final ScriptListener listener;
    private final Progress progress;
    private final FileAccess files;
    private final Variables variables = new Variables();
    private WireConnection connection;
    private String user;
    private String database;
    private Path folder = Path.of("");
    private String restriction = "";
    private final Set<Path> unwritten = new HashSet<>();

    private ScriptSession(
            ScriptTarget target,
            ScriptListener listener,
            Progress progress,
            FileAccess files,
            WireConnection connection) {
        this.target = target;
        this.listener = listener;
        this.progress = progress;
        this.files = files;
        this.connection = connection;
        this.user = target.user();
        this.database = target.database();
    }

    /**
     * Opens one in the target's database.
     *
     * @param files what its scripts may read
     */
    static ScriptSession open(ScriptTarget target, ScriptListener listener, Progress progress, FileAccess files) {
        ScriptSession session = new ScriptSession(target, listener, progress, files, target.connect(target.database()));
        session.begin();
        return session;
    }

    private void begin() {
        connection.patience(AS_LONG_AS_IT_TAKES);
        connection.listen(listener::noticed);
        variables.set("USER", user);
        variables.set("DBNAME", database);
        connection.parameter("server_version").ifPresent(version -> {
            variables.set("SERVER_VERSION_NAME", version);
            variables.set("SERVER_VERSION_NUM", number(version));
        });
        tellEncoding();
    }

    void tellEncoding() {
        variables.set("ENCODING", connection.parameter("client_encoding").orElse("UTF8"));
    }

    /** {@code 170002} of {@code 17.2 (Debian 17.2-1)}; of a beta that of its first release. */
    private static String number(String version) {
        String[] parts = version.split("[^0-9]", 3);
        boolean minor = parts.length > 1 && !parts[1].isEmpty() && version.charAt(parts[0].length()) == '.';
        return Integer.toString(Integer.parseInt(parts[0]) * 10_000 + (minor ? Integer.parseInt(parts[1]) : 0));
    }

    ScriptTarget target() {
        return target;
    }

    ScriptListener listener() {
        return listener;
    }

    FileAccess files() {
        return files;
    }

    Variables variables() {
        return variables;
    }

    WireConnection connection() {
        return connection;
    }

    /** Where it is connected. */
    String database() {
        return database;
    }

    /** Who it is connected as. */
    String user() {
        return user;
    }

    /** Where files are looked for. */
    Path folder() {
        return folder;
    }

    void move(Path elsewhere) {
        folder = elsewhere;
    }

    /** Remembers that psql would have written to a file. */
    void leaveUnwritten(String file) {
        if (!file.equals("/dev/null")) {
            unwritten.add(folder.resolve(file).toAbsolutePath().normalize());
        }
    }

    boolean isUnwritten(Path file) {
        return unwritten.contains(file.toAbsolutePath().normalize());
    }

    /** Says something that whoever runs the scripts should see, although they go on. */
    void note(String line) {
        progress.note(line);
        LoggerFactory.getLogger(InitScripts.class).warn("{}", line);
    }

    void reconnect(String otherUser, String otherDatabase) {
        connection.close();
        connection = target.connect(otherUser, otherDatabase);
        user = otherUser;
        database = otherDatabase;
        begin();
    }

    /** Leaves its database, so that the script can drop it, and keeps what the script has set of how it is read. */
    void leaveDatabase() {
        String encoding = connection.parameter("client_encoding").orElse("UTF8");
        boolean standard = standardStrings();
        reconnect(user, database.equals("postgres") ? "template1" : "postgres");
        connection.execute("SET client_encoding = " + Quoted.literal(encoding));
        if (!standard) {
            connection.execute("SET standard_conforming_strings = off");
        }
        tellEncoding();
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
