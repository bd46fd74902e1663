package dev.paddock.docker.data;

import dev.paddock.home.Folders;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a copied data directory brings with it from the place that it was in, and must not do again where it is now. */
public final class ForeignFiles {
    /** Where the original listens, archives to, follows, and keeps its files: none of it is the copy's. */
    private static final Set<String> OF_A_PLACE = Set.of(
            "port",
            "listen_addresses",
            "unix_socket_directories",
            "data_directory",
            "hba_file",
            "ident_file",
            "external_pid_file",
            "ssl",
            "archive_mode",
            "archive_command",
            "archive_library",
            "restore_command",
            "primary_conninfo",
            "primary_slot_name",
            "synchronous_standby_names",
            "wal_level",
            "max_wal_senders",
            "max_replication_slots",
            "logging_collector",
            "log_destination",
            "log_directory",
            "include",
            "include_dir");

    private ForeignFiles() {}

    /** @throws PaddockException if it is a copy that no server of its own can work on */
    public static void tame(Path data) throws IOException {
        if (Files.exists(data.resolve("standby.signal")) || Files.exists(data.resolve("recovery.signal"))) {
            throw new PaddockException(
                    "the data is that of a standby, which follows another server",
                    "promote it first, or copy its primary");
        }
        for (String file : List.of("postmaster.pid", "postmaster.opts")) {
            Files.deleteIfExists(data.resolve(file));
        }
        // A slot keeps WAL for somebody who will never ask this copy for it.
        try (Stream<Path> slots = Files.list(data.resolve("pg_replslot"))) {
            for (Path slot : slots.toList()) {
                Folders.delete(slot);
            }
        }
        strip(data.resolve("postgresql.auto.conf"));
        strip(data.resolve("postgresql.conf"));
        // Where PostgreSQL's configuration stands elsewhere, as on Debian, there is none.
        for (String file : List.of("postgresql.conf", "pg_ident.conf")) {
            Files.writeString(data.resolve(file), "", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        Files.writeString(
                data.resolve("postgresql.conf"), "archive_mode = off\nssl = off\n", StandardOpenOption.APPEND);
    }

    private static void strip(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        List<String> kept = Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                .filter(line ->
                        !OF_A_PLACE.contains(line.strip().split("[\\s=]", 2)[0].toLowerCase(Locale.ROOT)))
                .toList();
        Files.write(file, kept, StandardCharsets.ISO_8859_1);
    }
}
