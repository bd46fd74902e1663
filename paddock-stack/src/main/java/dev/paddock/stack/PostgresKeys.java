package dev.paddock.stack;

import dev.paddock.model.ByteSize;
import dev.paddock.model.DataFormat;
import dev.paddock.model.Durations;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.model.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What can be said of PostgreSQL: the command line's options, with underscores, and what can be said of its container. */
final class PostgresKeys {
    private static final List<Key<? super PostgresDraft>> SERVER = List.of(
            key(
                    "version",
                    "18, 16.9, system, or the path of a bin folder.",
                    Shape.TEXT,
                    (spec, value) -> spec.withPostgres(value.read(PostgresSource::parse))),
            key(
                    "snapshot",
                    "Start from this snapshot instead of an empty server.",
                    Shape.TEXT,
                    (spec, value) -> spec.withSnapshot(value.text())),
            new Key<>(
                    "template",
                    "Make the database from these migrations, which run once per content.",
                    Shape.TEXTS,
                    (draft, value) -> draft.template = paths(value)),
            key(
                    "init",
                    "Run these first: .sql, .sql.gz, .dump, or folders of them.",
                    Shape.TEXTS,
                    (spec, value) -> spec.withInit(paths(value))),
            key(
                    "memory",
                    "Limit of the storage in memory, such as 256MB.",
                    Shape.SIZE,
                    (spec, value) -> spec.withStorage(new Storage.InMemory(value.read(ByteSize::parse)))),
            key(
                    "disk",
                    "Keep the data in this folder, and continue what is there.",
                    Shape.TEXT,
                    (spec, value) -> spec.withStorage(new Storage.OnDisk(value.path()))),
            key(
                    "disk_volume",
                    "In containers: keep the data in this volume, and continue what is there.",
                    VolumeKeys.DATA,
                    (spec, value) -> spec.withStorage(VolumeKeys.data(value))),
            key("user", "The user to connect as.", Shape.TEXT, (spec, value) -> value.read(spec::withUser)),
            new Key<>("password_file", "Its first line is the password.", Shape.TEXT, (draft, value) -> {
                draft.passwordFile = value.path();
                draft.with(spec -> value.making(() -> spec.withPassword(firstLine(value))));
            }),
            key("database", "The database to connect to.", Shape.TEXT, (spec, value) -> value.read(spec::withDatabase)),
            key(
                    "port",
                    "The port on loopback.",
                    Shape.NUMBER,
                    (spec, value) -> value.read(text -> spec.withPort(value.smallNumber()))),
            key("settings", "PostgreSQL's settings.", Shape.NAMED_TEXTS, PostgresKeys::settings),
            key(
                    "durable",
                    "PostgreSQL's own safe settings instead of those for throw-away speed.",
                    Shape.FLAG,
                    (spec, value) -> spec.withTuning(value.flag() ? Tuning.DURABLE : Tuning.THROWAWAY)),
            key(
                    "extensions",
                    "Folders with further extensions.",
                    Shape.TEXTS,
                    (spec, value) -> spec.withExtensions(paths(value))),
            format(
                    "locale",
                    "Such as C.UTF-8, icu:de-DE, builtin:C.UTF-8.",
                    Shape.TEXT,
                    (format, value) -> value.read(format::withLocale)),
            format(
                    "encoding",
                    "The server's encoding.",
                    Shape.TEXT,
                    (format, value) -> value.read(format::withEncoding)),
            format(
                    "checksums",
                    "With checksums on data pages.",
                    Shape.FLAG,
                    (format, value) -> format.withChecksums(value.flag())),
            format(
                    "wal_segment",
                    "Size of a WAL segment.",
                    Shape.SIZE,
                    (format, value) -> value.read(text -> format.withWalSegment(ByteSize.parse(text)))),
            key(
                    "ttl",
                    "Stop it after this time: 90s, 30m, 2h.",
                    Shape.DURATION,
                    (spec, value) -> spec.withTtl(value.read(text -> Durations.parse("ttl", text)))),
            key(
                    "start_timeout",
                    "Give up if it takes longer to start.",
                    Shape.DURATION,
                    (spec, value) ->
                            spec.withStartTimeout(value.read(text -> Durations.parse("start_timeout", text)))));

    static final Keys<PostgresDraft> ALL = new Keys<>("postgres", all());

    private PostgresKeys() {}

    private static List<Key<? super PostgresDraft>> all() {
        List<Key<? super PostgresDraft>> all = new ArrayList<>(SERVER);
        all.addAll(FileKeys.ALL);
        all.addAll(ContainerKeys.ALL);
        all.addAll(ServerContainerKeys.ALL);
        return all;
    }

    /** @throws InvalidSpecException if keys contradict each other */
    static PostgresDraft read(Value value) {
        Map<String, Value> keys = value.entries().keySet().stream().collect(Collectors.toMap(Value::text, key -> key));
        contradict(keys, "memory", "disk", "data is either in memory or on disk");
        contradict(keys, "memory", "disk_volume", "data is either in memory or in a volume");
        contradict(keys, "disk", "disk_volume", "data is either in a folder or in a volume");
        for (String format : List.of("locale", "encoding", "checksums", "wal_segment")) {
            contradict(keys, "snapshot", format, "a server keeps the format of the snapshot that it starts from");
        }
        PostgresDraft draft = ALL.read(value, new PostgresDraft());
        if (draft.container().environment().keySet().stream().anyMatch(name -> name.startsWith("POSTGRES_PASSWORD"))) {
            throw keys.getOrDefault("environment", value)
                    .wrong(
                            "a password in the environment is for all to see who may inspect the container",
                            "leave it out to have one generated, or name its file: password_file: ./password");
        }
        return draft;
    }

    private static void contradict(Map<String, Value> keys, String one, String other, String why) {
        if (keys.containsKey(one)) {
            Value second = keys.get(other);
            if (second != null) {
                throw second.wrong(one + " and " + other + " contradict each other", why);
            }
        }
    }

    private static Key<PostgresDraft> key(
            String name, String about, Map<String, Object> shape, BiFunction<ServerSpec, Value, ServerSpec> change) {
        BiConsumer<PostgresDraft, Value> reader = (draft, value) -> draft.with(spec -> change.apply(spec, value));
        return new Key<>(name, about, shape, reader);
    }

    private static Key<PostgresDraft> format(
            String name, String about, Map<String, Object> shape, BiFunction<DataFormat, Value, DataFormat> change) {
        return key(name, about, shape, (spec, value) -> spec.withFormat(change.apply(spec.format(), value)));
    }

    private static List<Path> paths(Value value) {
        return value.list().stream().map(Value::existingPath).toList();
    }

    private static ServerSpec settings(ServerSpec spec, Value value) {
        ServerSpec result = spec;
        for (Map.Entry<Value, Value> setting : value.entries().entrySet()) {
            ServerSpec before = result;
            result = setting.getKey()
                    .read(name -> before.withSetting(name, setting.getValue().text()));
        }
        return result;
    }

    private static String firstLine(Value value) {
        Path file = value.existingPath();
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty() ? "" : lines.get(0);
        } catch (IOException failure) {
            throw value.wrong("can't read the password from " + file, "it must be a text file that you may read");
        }
    }
}
