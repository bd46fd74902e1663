package dev.paddock.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A server that somebody wants. Immutable; the {@code with…} methods return changed copies.
 *
 * @param postgres which PostgreSQL; if absent the snapshot's own, or the newest major
 * @param snapshot name or id of the snapshot to clone; if absent an empty one
 * @param format what initdb is told; unused if a snapshot is named
 * @param user the superuser to connect as; if absent the snapshot's, or {@code postgres}
 * @param password if absent a generated one, which clients in Java are quick with; given, it is stretched as every client takes it
 * @param database the database to connect to, made if it doesn't exist; if absent the snapshot's, or {@code postgres}
 * @param port on loopback; if absent a free one
 * @param settings PostgreSQL settings, in the order given, over those of the tuning
 * @param init scripts, dumps, or folders of them, run in order before the server is handed out
 * @param files of the user's own that it is configured with
 * @param extensions folders with extensions that the installation doesn't have
 * @param ttl how long it may live at most
 * @param startTimeout how long it may take to accept connections
 * @param container how its container is to be run, on an engine that has containers
 */
public record ServerSpec(
        Optional<PostgresSource> postgres,
        Optional<String> snapshot,
        DataFormat format,
        Optional<String> user,
        Optional<Secret> password,
        Optional<String> database,
        OptionalInt port,
        Map<String, String> settings,
        Tuning tuning,
        Storage storage,
        List<Path> init,
        OwnFiles files,
        List<Path> extensions,
        Optional<Duration> ttl,
        Duration startTimeout,
        ContainerSpec container) {

    private static final int LONGEST_NAME = 63;

    public ServerSpec {
        settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        init = List.copyOf(init);
        extensions = List.copyOf(extensions);
        user.ifPresent(name -> requireIdentifier("user", name));
        database.ifPresent(name -> requireIdentifier("database", name));
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65535)) {
            throw new InvalidSpecException(port.getAsInt() + " is not a port", "choose one from 1024 to 65535");
        }
        settings.forEach(ServerSpec::requireSetting);
        if (ttl.isPresent() && (ttl.get().isNegative() || ttl.get().isZero())) {
            throw new InvalidSpecException("a time to live must be positive", "write it as 90s, 30m or 2h");
        }
    }

    /** In memory, on loopback, with a password of its own. */
    public static ServerSpec create() {
        return new ServerSpec(
                Optional.empty(),
                Optional.empty(),
                DataFormat.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Map.of(),
                Tuning.THROWAWAY,
                Storage.inMemory(),
                List.of(),
                OwnFiles.NONE,
                List.of(),
                Optional.empty(),
                Duration.ofSeconds(60),
                ContainerSpec.DEFAULT);
    }

    /** Like {@link #create}, of this PostgreSQL: {@code 18}, {@code 16.9}, {@code system} or the path of a bin folder. */
    public static ServerSpec postgres(String version) {
        return create().withPostgres(PostgresSource.parse(version));
    }

    /** Like {@link #create}, a clone of this snapshot. */
    public static ServerSpec snapshot(String name) {
        return create().withSnapshot(name);
    }

    private static void requireIdentifier(String what, String name) {
        if (name.isEmpty()
                || name.indexOf('\0') >= 0
                || name.indexOf('\n') >= 0
                || name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new InvalidSpecException(
                    "'" + name + "' can't be the name of a " + what, "use 1 to " + LONGEST_NAME + " bytes on one line");
        }
    }

    private static void requireSetting(String name, String value) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_$.]*")) {
            throw new InvalidSpecException(
                    "'" + name + "' is not the name of a setting", "write it as -c work_mem=64MB");
        }
        if (value.indexOf('\0') >= 0 || value.indexOf('\n') >= 0) {
            throw new InvalidSpecException("the value of " + name + " holds a NUL or a line break");
        }
    }

    public ServerSpec withPostgres(PostgresSource newPostgres) {
        return with(changed -> changed.postgres = Optional.of(newPostgres));
    }

    public ServerSpec withSnapshot(String newSnapshot) {
        return with(changed -> changed.snapshot = Optional.of(newSnapshot));
    }

    public ServerSpec withFormat(DataFormat newFormat) {
        return with(changed -> changed.format = newFormat);
    }

    public ServerSpec withUser(String newUser) {
        return with(changed -> changed.user = Optional.of(newUser));
    }

    public ServerSpec withPassword(String newPassword) {
        return with(changed -> changed.password = Optional.of(new Secret(newPassword)));
    }

    public ServerSpec withDatabase(String newDatabase) {
        return with(changed -> changed.database = Optional.of(newDatabase));
    }

    public ServerSpec withPort(int newPort) {
        return with(changed -> changed.port = OptionalInt.of(newPort));
    }

    /** With this setting too, or instead of its earlier value. */
    public ServerSpec withSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return with(changed -> changed.settings = more);
    }

    public ServerSpec withTuning(Tuning newTuning) {
        return with(changed -> changed.tuning = newTuning);
    }

    public ServerSpec withStorage(Storage newStorage) {
        return with(changed -> changed.storage = newStorage);
    }

    public ServerSpec withInit(List<Path> newInit) {
        return with(changed -> changed.init = newInit);
    }

    public ServerSpec withFiles(OwnFiles newFiles) {
        return with(changed -> changed.files = newFiles);
    }

    public ServerSpec withExtensions(List<Path> newExtensions) {
        return with(changed -> changed.extensions = newExtensions);
    }

    public ServerSpec withTtl(Duration newTtl) {
        return with(changed -> changed.ttl = Optional.of(newTtl));
    }

    public ServerSpec withStartTimeout(Duration newStartTimeout) {
        return with(changed -> changed.startTimeout = newStartTimeout);
    }

    public ServerSpec withContainer(ContainerSpec newContainer) {
        return with(changed -> changed.container = newContainer);
    }

    private ServerSpec with(Consumer<Changed> change) {
        Changed changed = new Changed(this);
        change.accept(changed);
        return changed.toSpec();
    }

    /** Its components on the way from one spec to the next. */
    private static final class Changed {
        private Optional<PostgresSource> postgres;
        private Optional<String> snapshot;
        private DataFormat format;
        private Optional<String> user;
        private Optional<Secret> password;
        private Optional<String> database;
        private OptionalInt port;
        private Map<String, String> settings;
        private Tuning tuning;
        private Storage storage;
        private List<Path> init;
        private OwnFiles files;
        private List<Path> extensions;
        private Optional<Duration> ttl;
        private Duration startTimeout;
        private ContainerSpec container;

        Changed(ServerSpec spec) {
            postgres = spec.postgres;
            snapshot = spec.snapshot;
            format = spec.format;
            user = spec.user;
            password = spec.password;
            database = spec.database;
            port = spec.port;
            settings = spec.settings;
            tuning = spec.tuning;
            storage = spec.storage;
            init = spec.init;
            files = spec.files;
            extensions = spec.extensions;
            ttl = spec.ttl;
            startTimeout = spec.startTimeout;
            container = spec.container;
        }

        ServerSpec toSpec() {
            return new ServerSpec(
                    postgres,
                    snapshot,
                    format,
                    user,
                    password,
                    database,
                    port,
                    settings,
                    tuning,
                    storage,
                    init,
                    files,
                    extensions,
                    ttl,
                    startTimeout,
                    container);
        }
    }
}
