package dev.paddock.snapshot;

import dev.paddock.model.DataFormat;
import dev.paddock.model.PostgresVersion;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A data directory that is to become a snapshot.
 *
 * @param data the directory, of a server that is shut down
 * @param base the snapshot that {@code data} is an overlay over, with the folder that holds whatever differs from it
 * @param owner the user id that PostgreSQL runs as, where that isn't this process's own
 */
public record Draft(
        Path data,
        Optional<Base> base,
        OptionalInt owner,
        Kind kind,
        PostgresVersion version,
        String origin,
        DataFormat format,
        String user,
        String database,
        Optional<String> parent) {

    /** Files below {@code data} that don't stand below {@code changes} are the snapshot's own, byte for byte. */
    public record Base(Snapshot snapshot, Path changes) {}
}
