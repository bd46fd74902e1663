package dev.paddock.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
            throw new InvalidSpecException("the value of " + name + " holds a NUL or a line break", null);
        }
    }

    public ServerSpec withPostgres(PostgresSource newPostgres) {
        return new ServerSpec(
                Optional.of(newPostgres),
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
                extensions,
                ttl,
                startTimeout,
                container);
    }

    public ServerSpec withSnapshot(String newSnapshot) {
        return new ServerSpec(
                postgres,
                Optional.of(newSnapshot),
                format,
                user,
                password,
                database,
                port,
                settings,
                tuning,
                storage,
                init,
                extensions,
                ttl,
                startTimeout,
                container);
    }

    public ServerSpec withFormat(DataFormat newFormat) {
        return new ServerSpec(
                postgres,
                snapshot,
                newFormat,
                user,
                password,
                database,
                port,
                settings,
                tuning,
                storage,
                init,
                extensions,
                ttl,
                startTimeout,
                container);
    }

    public ServerSpec withUser(String newUser) {
        return new ServerSpec(
                postgres,
                snapshot,
                format,
                Optional.of(newUser),
                password,
                database,
                port,
                settings,
                tuning,
                storage,
                init,
                extensions,
                ttl,
                startTimeout,
                container);
    }

    public ServerSpec withPassword(String newPassword) {
        return new ServerSpec(
                postgres,
                snapshot,
                format,
                user,
                Optional.of(new Secret(newPassword)),
                database,
                port,
                settings,
                tuning,
                storage,
                init,
                extensions,
                ttl,
                startTimeout,
                container);
    }

    public ServerSpec withDatabase(String newDatabase) {
        return new ServerSpec(
                postgres,
                snapshot,
                format,
                user,
                password,
                Optional.of(newDatabase),
                port,
                settings,
                tuning,
                storage,
                init,
                extensions,
                ttl,
                startTimeout,
                container);
    }

    public ServerSpec withPort(int newPort) {
        return new ServerSpec(
                postgres,
                snapshot,
                format,
                user,
                password,
                database,
                OptionalInt.of(newPort),
                settings,
                tuning,
                storage,
                init,
                extensions,
                ttl,
                startTimeout,
                container);
    }

    /** With this setting too, or instead of its earlier value. */
    public ServerSpec withSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new ServerSpec(
                postgres,
                snapshot,
                format,
                user,
                password,
                database,
                port,
                more,
                tuning,
                storage,
                init,
                extensions,
                ttl,
                startTimeout,
                container);
    }

    public ServerSpec withTuning(Tuning newTuning) {
        return new ServerSpec(
                postgres,
                snapshot,
                format,
                user,
                password,
                database,
                port,
                settings,
                newTuning,
                storage,
                init,
                extensions,
                ttl,
                startTimeout,
                container);
    }

    public ServerSpec withStorage(Storage newStorage) {
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
                newStorage,
                init,
                extensions,
                ttl,
                startTimeout,
                container);
    }

    public ServerSpec withInit(List<Path> newInit) {
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
                newInit,
                extensions,
                ttl,
                startTimeout,
                container);
    }

    public ServerSpec withExtensions(List<Path> newExtensions) {
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
                newExtensions,
                ttl,
                startTimeout,
                container);
    }

    public ServerSpec withTtl(Duration newTtl) {
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
                extensions,
                Optional.of(newTtl),
                startTimeout,
                container);
    }

    public ServerSpec withStartTimeout(Duration newStartTimeout) {
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
                extensions,
                ttl,
                newStartTimeout,
                container);
    }

    public ServerSpec withContainer(ContainerSpec newContainer) {
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
                extensions,
                ttl,
                startTimeout,
                newContainer);
    }
}
