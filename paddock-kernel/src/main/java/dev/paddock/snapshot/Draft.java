package dev.paddock.snapshot;

import dev.paddock.model.DataFormat;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.PostgresVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A data directory that is to become a snapshot.
 *
 * @param data the directory, of a server that is shut down
 * @param base the snapshot that {@code data} is an overlay over, with the folder that holds whatever differs from it
 * @param owner the user id that PostgreSQL runs as, where that isn't this process's own
 * @param platform what it was written on, if that is known
 * @param duplication a folder that is to be there several times
 * @param without folders below {@code data} that are to be left out
 */
public record Draft(
        Path data,
        Optional<Base> base,
        OptionalInt owner,
        Kind kind,
        PostgresVersion version,
        String origin,
        Optional<DataPlatform> platform,
        DataFormat format,
        String user,
        String database,
        Optional<String> parent,
        Optional<Duplication> duplication,
        Set<String> without) {

    /** Files below {@code data} that don't stand below {@code changes}, or are links to the snapshot's there, are the snapshot's own, byte for byte. */
    public record Base(Snapshot snapshot, Path changes) {}

    /**
     * Copies that share their files' storage with the original. Only clones that separate the copies again as they write, as an
     * overlay does, may be made of such a snapshot.
     *
     * @param folder below the data directory
     * @param copies names of the copies, beside it
     */
    public record Duplication(String folder, List<String> copies) {
        public Duplication {
            copies = List.copyOf(copies);
        }
    }
}
