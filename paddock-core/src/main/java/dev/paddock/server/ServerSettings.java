package dev.paddock.server;

import dev.paddock.model.ByteSize;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Tuning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The lines of a server's configuration file, which stands outside of its data directory and includes the one there. */
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

    private static final String LISTENING = "listen_addresses";
    /** By any of which a server is reached on loopback. */
    private static final Set<String> REACHED = Set.of("*", "0.0.0.0", "127.0.0.1", "localhost");

    /** But not in a container, where these are its own. */
    private static final Set<String> OWN = Set.of("127.0.0.1", "localhost");

    private final Map<String, String> settings = new LinkedHashMap<>();
    private String socketMode = "0700";
    private boolean contained;

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
        contained = true;
        socketMode = "0777";
        return this;
    }

    /** Shares memory through files of the data directory, which are gone with it, instead of the machine's own. */
    public ServerSettings inSharedSpace() {
        settings.put("dynamic_shared_memory_type", "mmap");
        return this;
    }

    /** @throws InvalidSpecException for a setting that the spec or the engine decides */
    public ServerSettings and(Map<String, String> wanted) {
        wanted.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (RESERVED.contains(lower)) {
                throw new InvalidSpecException(
                        "the setting " + name + " is Paddock's own",
                        lower.equals("port") ? "choose the port with --port" : "leave it out");
            }
            if (lower.equals(LISTENING)) {
                requireReached(value);
            }
            settings.put(lower, value);
        });
        return this;
    }

    /** Whoever is told that a server runs is told where, and that has to be true. */
    private void requireReached(String addresses) {
        Set<String> listening = Set.of(addresses.strip().split("\\s*,\\s*"));
        if (REACHED.stream()
                .noneMatch(address -> listening.contains(address) && (!contained || !OWN.contains(address)))) {
            throw new InvalidSpecException(
                    "with " + LISTENING + "=" + addresses + " nobody would reach the server where it is said to be",
                    contained
                            ? "leave it out: the container listens on all of its own addresses, and is published on loopback"
                            : "leave it out, or name 127.0.0.1 too");
        }
    }

    /**
     * All of it, for a file.
     *
     * @param folder the server's own, as the server sees it
     * @param data its data directory, as the server sees it
     */
    public List<String> lines(String folder, String data, int port) {
        return lines(List.of(folder), folder, data, port);
    }

    /**
     * Like {@link #lines(String, String, int)}, with its sockets apart.
     *
     * @param sockets the folders for them
     * @param folder for what decides who may connect
     */
    public List<String> lines(List<String> sockets, String folder, String data, int port) {
        List<String> lines = new ArrayList<>();
        // Where configuration stands elsewhere, as on Debian, there is none.
        lines.add("include_if_exists = " + quote(data + "/postgresql.conf"));
        settings.forEach((name, value) -> lines.add(name + " = " + quote(value)));
        lines.add("port = " + port);
        lines.add("unix_socket_directories = " + quote(String.join(",", sockets)));
        lines.add("unix_socket_permissions = " + socketMode);
        lines.add("hba_file = " + quote(folder + "/pg_hba.conf"));
        lines.add("ident_file = " + quote(data + "/pg_ident.conf"));
        lines.add("logging_collector = off");
        lines.add("log_destination = stderr");
        return lines;
    }

    private static String quote(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
