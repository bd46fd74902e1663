package dev.paddock.cli;

import dev.paddock.model.ByteSize;
import dev.paddock.model.DataFormat;
import dev.paddock.model.Durations;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.Secret;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.model.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The options that say what server is wanted; the same for each command that starts one. */
final class SpecOptions {
    static final String DEFAULT_ENGINE = "embedded";
    static final String SERVICES_ENGINE = "docker";
    static final List<String> ENGINES = List.of(DEFAULT_ENGINE, SERVICES_ENGINE);
    static final String ENGINE = "--engine";
    static final String POSTGRES = "--postgres";
    static final String SNAPSHOT = "--snapshot";
    static final String INIT = "--init";
    static final String FILE = "--file";

    private static final String MEMORY = "--memory";
    private static final String DISK = "--disk";
    private static final String DISK_VOLUME = "--disk-volume";
    private static final String DISK_CONTAINER = "--disk-container";
    private static final String USER = "--user";
    private static final String PASSWORD_FILE = "--password-file";
    private static final String PASSWORD_VARIABLE = "PADDOCK_PASSWORD";
    private static final String DATABASE = "--database";
    private static final String PORT = "--port";
    private static final String SETTING = "-c";
    private static final String DURABLE = "--durable";
    private static final String EXTENSIONS = "--extensions";
    private static final String LOCALE = "--locale";
    private static final String ENCODING = "--encoding";
    private static final String CHECKSUMS = "--checksums";
    private static final String WAL_SEGMENT = "--wal-segment";
    private static final String TTL = "--ttl";
    private static final String START_TIMEOUT = "--start-timeout";

    private static final List<String> FORMAT = List.of(LOCALE, ENCODING, CHECKSUMS, WAL_SEGMENT);
    private static final List<String> ALL = List.of(
            FILE,
            ENGINE,
            POSTGRES,
            SNAPSHOT,
            TemplateOption.NAME,
            INIT,
            MEMORY,
            DISK,
            DISK_VOLUME,
            DISK_CONTAINER,
            USER,
            PASSWORD_FILE,
            DATABASE,
            PORT,
            SETTING,
            DURABLE,
            EXTENSIONS,
            LOCALE,
            ENCODING,
            CHECKSUMS,
            WAL_SEGMENT,
            TTL,
            START_TIMEOUT);

    private SpecOptions() {}

    static Grammar addTo(Grammar grammar) {
        grammar.value(FILE, Grammar.FILE, "Begin with what this paddock.yaml says; options beside it come on top.")
                .value(ENGINE, "ENGINE", "Where it runs: embedded (the default) or docker.")
                .value(POSTGRES, "VERSION", "18, 16.9, system, or the path of a bin folder.")
                .value(SNAPSHOT, Grammar.SNAPSHOT, "Start from this snapshot instead of an empty server.");
        TemplateOption.addTo(grammar)
                .values(
                        INIT,
                        "1..*",
                        Grammar.PATH,
                        "Run these first: .sql, .sql.gz, .dump, folders of them in name order, or - for standard input.")
                .value(MEMORY, "SIZE", "Limit of the in-memory storage, such as 256MB (default 1GB).")
                .value(DISK, Grammar.DIR, "Keep the data in this folder, and continue what is there.")
                .value(DISK_VOLUME, "VOLUME", "Docker: the same in a volume; data of somebody else's runs as it is.")
                .value(DISK_CONTAINER, "CONTAINER", "Docker: on the data of a stopped container, as it is.")
                .value(USER, "NAME", "The user to connect as (default postgres).")
                .value(
                        PASSWORD_FILE,
                        Grammar.FILE,
                        "Its first line is the password; or set " + PASSWORD_VARIABLE + " (default: generated).")
                .value(DATABASE, "NAME", "The database to connect to (default postgres; with --template: test).")
                .value(PORT, "PORT", "The port on loopback (default: a free one).")
                .values(SETTING, "1", "NAME=VALUE", "A PostgreSQL setting; can be repeated.")
                .flag(DURABLE, "PostgreSQL's own safe settings instead of those for throw-away speed.")
                .values(EXTENSIONS, "1", Grammar.DIR, "A folder with further extensions; can be repeated.")
                .value(LOCALE, "LOCALE", "Such as C.UTF-8 (the default), icu:de-DE, builtin:C.UTF-8.")
                .value(ENCODING, "NAME", "The server's encoding (default UTF8).")
                .flag(CHECKSUMS, "With checksums on data pages.")
                .value(WAL_SEGMENT, "SIZE", "Size of a WAL segment (default 1MB).")
                .value(TTL, "DURATION", "Stop it after this time: 90s, 30m, 2h.")
                .value(START_TIMEOUT, "DURATION", "Give up if it takes longer to start (default 60s).");
        FileOptions.addTo(grammar);
        return ContainerOptions.addTo(grammar);
    }

    /** Whether any of them is given. */
    static boolean areGiven(Arguments given) {
        return ALL.stream().anyMatch(given::has)
                || FileOptions.ALL.stream().anyMatch(given::has)
                || ContainerOptions.ALL.stream().anyMatch(given::has);
    }

    /**
     * Of what is only to be read, as little as possible is to be said.
     *
     * @throws InvalidSpecException if an option is given that a server would need to be started for
     */
    static void requireForReading(Arguments given) {
        List<String> all = new ArrayList<>(ALL);
        all.addAll(FileOptions.ALL);
        all.addAll(ContainerOptions.ALL);
        all.removeAll(List.of(ENGINE, POSTGRES, USER, DATABASE));
        all.removeAll(ContainerOptions.OF_IMAGE);
        all.stream().filter(given::has).findFirst().ifPresent(option -> {
            throw new InvalidSpecException(
                    option + " can't be combined with --from-folder, --from-volume and --from-container",
                    "leave it out here, and use it when you start a clone: paddock run --snapshot NAME " + option);
        });
    }

    /**
     * What is wanted in the end.
     *
     * @param begin what is wanted where no option says otherwise
     * @throws InvalidSpecException if the options can't be meant, alone or together
     */
    static ServerSpec read(Arguments given, ServerSpec begin) {
        requireSense(given);
        ServerSpec spec = begin;
        if (given.has(POSTGRES)) {
            spec = spec.withPostgres(PostgresSource.parse(given.value(POSTGRES).orElseThrow()));
        }
        if (given.has(SNAPSHOT)) {
            spec = spec.withSnapshot(given.value(SNAPSHOT).orElseThrow());
        }
        if (given.has(USER)) {
            spec = spec.withUser(given.value(USER).orElseThrow());
        }
        if (given.has(DATABASE)) {
            spec = spec.withDatabase(given.value(DATABASE).orElseThrow());
        }
        if (given.has(PORT)) {
            spec = spec.withPort(port(given.value(PORT).orElseThrow()));
        }
        if (given.has(DURABLE)) {
            spec = spec.withTuning(Tuning.DURABLE);
        }
        if (given.has(INIT)) {
            spec = spec.withInit(GivenPath.existing(given, INIT));
        }
        if (given.has(EXTENSIONS)) {
            spec = spec.withExtensions(GivenPath.existing(given, EXTENSIONS));
        }
        if (given.has(TTL)) {
            spec = spec.withTtl(Durations.parse(TTL, given.value(TTL).orElseThrow()));
        }
        if (given.has(START_TIMEOUT)) {
            spec = spec.withStartTimeout(
                    Durations.parse(START_TIMEOUT, given.value(START_TIMEOUT).orElseThrow()));
        }
        for (String setting : given.values(SETTING)) {
            spec = withSetting(spec, setting);
        }
        spec = spec.withFormat(format(given, spec.format()))
                .withFiles(FileOptions.read(given, spec.files()))
                .withContainer(ContainerOptions.read(given, spec.container()));
        return withPassword(withStorage(spec, given), given);
    }

    private static void requireSense(Arguments given) {
        given.value(ENGINE).ifPresent(SpecOptions::requireEngine);
        List<String> places = Stream.of(MEMORY, DISK, DISK_VOLUME, DISK_CONTAINER)
                .filter(given::has)
                .toList();
        if (places.size() > 1) {
            throw new InvalidSpecException(
                    places.get(0) + " and " + places.get(1) + " contradict each other",
                    "data is either in memory or on disk, and in one place");
        }
        for (String option : FORMAT) {
            if (given.has(SNAPSHOT) && given.has(option)) {
                throw new InvalidSpecException(
                        option + " can't change a snapshot",
                        "a server keeps the format of the snapshot that it starts from");
            }
        }
    }

    private static void requireEngine(String name) {
        if (!ENGINES.contains(name)) {
            throw new InvalidSpecException(
                    "there is no engine '" + name + "'", "choose " + String.join(" or ", ENGINES));
        }
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notOne) {
            throw new InvalidSpecException("'" + text + "' is not a port", "choose one from 1024 to 65535");
        }
    }

    private static ServerSpec withSetting(ServerSpec spec, String setting) {
        int equals = setting.indexOf('=');
        if (equals <= 0) {
            throw new InvalidSpecException(
                    "'" + setting + "' is not a setting with its value", "write it as -c work_mem=64MB");
        }
        return spec.withSetting(setting.substring(0, equals), setting.substring(equals + 1));
    }

    private static DataFormat format(Arguments given, DataFormat begin) {
        DataFormat format = begin;
        if (given.has(LOCALE)) {
            format = format.withLocale(given.value(LOCALE).orElseThrow());
        }
        if (given.has(ENCODING)) {
            format = format.withEncoding(given.value(ENCODING).orElseThrow());
        }
        if (given.has(CHECKSUMS)) {
            format = format.withChecksums(true);
        }
        if (given.has(WAL_SEGMENT)) {
            format = format.withWalSegment(
                    ByteSize.parse(given.value(WAL_SEGMENT).orElseThrow()));
        }
        return format;
    }

    private static ServerSpec withStorage(ServerSpec spec, Arguments given) {
        if (given.has(DISK)) {
            return spec.withStorage(
                    new Storage.OnDisk(GivenPath.of(DISK, given.value(DISK).orElseThrow())));
        }
        if (given.has(DISK_VOLUME)) {
            return spec.withStorage(
                    MountOption.data(DISK_VOLUME, given.value(DISK_VOLUME).orElseThrow()));
        }
        if (given.has(DISK_CONTAINER)) {
            return spec.withStorage(
                    new Storage.OfContainer(given.value(DISK_CONTAINER).orElseThrow()));
        }
        if (given.has(MEMORY)) {
            return spec.withStorage(
                    new Storage.InMemory(ByteSize.parse(given.value(MEMORY).orElseThrow())));
        }
        return spec;
    }

    private static ServerSpec withPassword(ServerSpec spec, Arguments given) {
        String variable = System.getenv().getOrDefault(PASSWORD_VARIABLE, "");
        if (given.has(PASSWORD_FILE)) {
            Path file = GivenPath.of(PASSWORD_FILE, given.value(PASSWORD_FILE).orElseThrow());
            try {
                List<String> lines = Files.readAllLines(file);
                return spec.withPassword(lines.isEmpty() ? "" : lines.get(0));
            } catch (IOException failure) {
                throw new InvalidSpecException(
                        "can't read the password from " + file, "it must be a text file that you may read");
            }
        }
        if (!variable.isEmpty()) {
            return spec.withPassword(variable);
        }
        // Named here, so that it is made for any language's clients. Data on disk may have one already.
        boolean isNamed = spec.password().isPresent() || !(spec.storage() instanceof Storage.InMemory);
        return isNamed ? spec : spec.withPassword(Secret.generate().value());
    }
}
