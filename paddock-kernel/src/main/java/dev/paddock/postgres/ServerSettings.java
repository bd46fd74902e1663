package dev.paddock.postgres;

import dev.paddock.model.ByteSize;
import dev.paddock.model.Hint;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.OwnFiles;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Term;
import dev.paddock.model.Tuning;
import dev.paddock.wire.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server's configuration: files outside of its data directory, which include the one there. */
public final class ServerSettings {
    /** Paddock's own to say, by the spec or by the engine. */
    private static final Set<String> RESERVED = Set.of(
            "port",
            "data_directory",
            "config_file",
            "hba_file",
            "ident_file",
            "external_pid_file",
            "unix_socket_directories",
            "unix_socket_permissions",
            "logging_collector",
            "log_destination",
            "include",
            "include_dir",
            "include_if_exists");

    private static final String CERTIFICATE = "server.crt";
    private static final String KEY = "server.key";
    private static final String AUTHORITY = "root.crt";

    private static final String LISTENING = "listen_addresses";
    /** By any of which a server is reached on loopback. */
    private static final Set<String> REACHED = Set.of("*", "0.0.0.0", "127.0.0.1", "localhost");

    /** But not in a container, where these are its own. */
    private static final Set<String> OWN = Set.of("127.0.0.1", "localhost");

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> wanted = new LinkedHashMap<>();
    private List<String> clients = List.of("127.0.0.1/32", "::1/128");
    private OwnConfiguration own = OwnConfiguration.NONE;
    private String socketMode = "0700";
    private boolean contained;

    /**
     * Where things of a server are, as the server sees them.
     *
     * @param sockets the folders for its sockets
     * @param folder of its configuration, which it only reads
     * @param secrets of the configuration that nobody else may read
     * @param data its data directory
     */
    public record Places(List<String> sockets, String folder, String secrets, String data) {}

    /** @param walSegment of the data directory: PostgreSQL refuses limits of less than two */
    public ServerSettings(PostgresVersion version, Tuning tuning, ByteSize walSegment) {
        settings.put(LISTENING, "127.0.0.1");
        settings.put("lc_messages", "C");
        settings.put("log_line_prefix", "%m [%p] ");
        if (tuning == Tuning.THROWAWAY) {
            throwaway(version, Math.max(16, walSegment.megabytes()));
        }
    }

    private void throwaway(PostgresVersion version, long segmentMegabytes) {
        // Nothing of it is to survive a power cut.
        settings.put("fsync", "off");
        settings.put("synchronous_commit", "off");
        settings.put("full_page_writes", "off");
        settings.put("wal_level", "minimal");
        settings.put("archive_mode", "off");
        settings.put("max_wal_senders", "0");
        settings.put("wal_init_zero", "off");
        settings.put("wal_recycle", "off");
        // WAL lives in the same memory as the data.
        settings.put("min_wal_size", 2 * segmentMegabytes + "MB");
        settings.put("max_wal_size", 8 * segmentMegabytes + "MB");
        settings.put("log_checkpoints", "off");
        // The file system's cache is the same memory: a large one of PostgreSQL's own would hold all twice.
        settings.put("shared_buffers", "8MB");
        settings.put("huge_pages", "off");
        // Four processes instead of nine.
        settings.put("autovacuum", "off");
        settings.put("max_logical_replication_workers", "0");
        // Shared memory is set up, and so used, for each process that there might be.
        settings.put("max_worker_processes", "4");
        settings.put("max_replication_slots", "0");
        // Half of the default for all, and the default for one relation: serializable transactions meet what they
        // always do.
        settings.put("max_pred_locks_per_transaction", "32");
        settings.put("max_pred_locks_per_relation", "32");
        settings.put("autovacuum_max_workers", "1");
        if (version.major() >= 18) {
            settings.put("io_method", "sync");
            settings.put("autovacuum_worker_slots", "1");
        }
        // A test's queries are short: compiling them takes longer than running them.
        settings.put("jit", "off");
    }

    /**
     * For a container, whose user isn't the host's: it accepts connections from wherever there is a way to it, and who may use its socket is
     * said by the folder that the socket is in.
     */
    public ServerSettings inContainer() {
        settings.put(LISTENING, "*");
        clients = List.of("all");
        contained = true;
        socketMode = "0777";
        return this;
    }

    /** For data that stays: what was committed outlives a server that is killed. Only {@link Tuning#DURABLE} outlives a power cut. */
    public ServerSettings onDisk() {
        settings.remove("synchronous_commit");
        return this;
    }

    /** Shares memory through files of the data directory, which are gone with it, instead of the machine's own. */
    public ServerSettings inSharedSpace() {
        settings.put("dynamic_shared_memory_type", "mmap");
        return this;
    }

    /** @throws InvalidSpecException for a setting that the spec or the engine decides */
    public ServerSettings and(Map<String, String> more) {
        more.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (isReserved(name)) {
                throw new InvalidSpecException(
                        "the setting " + name + " is Paddock's own",
                        lower.equals("port")
                                ? Hint.naming("choose the port with {}", Term.PORT)
                                        .or("leave it out")
                                : Hint.of("leave it out"));
            }
            if (lower.equals(LISTENING)) {
                requireReached(value);
            }
            wanted.put(lower, value);
        });
        return this;
    }

    /** @throws InvalidSpecException for a file that can't be read, or says what the spec or the engine decides */
    public ServerSettings and(OwnFiles files) {
        own = OwnConfiguration.read(files);
        return this;
    }

    /** Whoever is told that a server runs is told where, and that has to be true. */
    private void requireReached(String addresses) {
        List<String> listening = List.of(addresses.strip().split("\\s*,\\s*"));
        if (REACHED.stream()
                .noneMatch(address -> listening.contains(address) && (!contained || !OWN.contains(address)))) {
            throw new InvalidSpecException(
                    "with " + LISTENING + "=" + addresses + " nobody would reach the server where it is said to be",
                    contained
                            ? "leave it out: the container listens on all of its own addresses, and is published on loopback"
                            : "leave it out, or name 127.0.0.1 too");
        }
    }

    /** Where a server listens is looked at, and so said by the spec. */
    static boolean isNothingForFiles(String name) {
        return isReserved(name) || name.equalsIgnoreCase(LISTENING);
    }

    private static boolean isReserved(String name) {
        return RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    /** All of it but what {@link #arguments} has, as files. */
    public List<ConfigurationFile> files(Places places) {
        List<ConfigurationFile> files = new ArrayList<>();
        files.add(new ConfigurationFile("postgresql.conf", lines(places)));
        files.add(new ConfigurationFile("pg_hba.conf", access()));
        own.tls().ifPresent(tls -> {
            files.add(new ConfigurationFile(CERTIFICATE, tls.certificate()));
            files.add(new ConfigurationFile(KEY, tls.key(), true));
            tls.authority().ifPresent(authority -> files.add(new ConfigurationFile(AUTHORITY, authority)));
        });
        return files;
    }

    private List<String> lines(Places places) {
        List<String> lines = new ArrayList<>();
        // Where configuration stands elsewhere, as on Debian, there is none.
        lines.add("include_if_exists = " + quote(places.data() + "/postgresql.conf"));
        settings.forEach((name, value) -> lines.add(name + " = " + quote(value)));
        own.tls().ifPresent(tls -> {
            lines.add("ssl = on");
            lines.add("ssl_cert_file = " + quote(places.folder() + "/" + CERTIFICATE));
            lines.add("ssl_key_file = " + quote(places.secrets() + "/" + KEY));
            if (tls.authority().isPresent()) {
                lines.add("ssl_ca_file = " + quote(places.folder() + "/" + AUTHORITY));
            }
        });
        lines.addAll(own.settings());
        wanted.forEach((name, value) -> lines.add(name + " = " + quote(value)));
        return lines;
    }

    /**
     * Who is let in where, as {@code NAME=VALUE} for options {@code -c} of PostgreSQL's command line: a file in the data, which ALTER SYSTEM writes,
     * goes before all other configuration, and is to have no say in it.
     */
    public List<String> arguments(Places places, int port) {
        List<String> arguments = new ArrayList<>();
        Stream.of(settings, wanted)
                .forEach(given -> given.forEach((name, value) -> {
                    if (name.equalsIgnoreCase(LISTENING)) {
                        arguments.add(name + "=" + value);
                    }
                }));
        arguments.add("port=" + port);
        arguments.add("unix_socket_directories="
                + places.sockets().stream().map(Quoted::identifier).collect(Collectors.joining(",")));
        arguments.add("unix_socket_permissions=" + socketMode);
        arguments.add("hba_file=" + places.folder() + "/pg_hba.conf");
        arguments.add("ident_file=" + places.data() + "/pg_ident.conf");
        arguments.add("logging_collector=off");
        arguments.add("log_destination=stderr");
        return arguments;
    }

    /** The first line that fits a connection decides, so the owner's way in by the socket comes first. */
    private List<String> access() {
        List<String> lines = new ArrayList<>(List.of("local all all trust", "local replication all trust"));
        lines.addAll(own.access());
        for (String from : clients) {
            lines.add("host all all " + from + " scram-sha-256");
        }
        if (clients.contains("all")) {
            lines.add("host replication all all scram-sha-256");
        }
        return lines;
    }

    private static String quote(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n") + "'";
    }
}
