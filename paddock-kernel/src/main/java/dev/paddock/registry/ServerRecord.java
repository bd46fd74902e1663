package dev.paddock.registry;

import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PostgresVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A standing server.
 *
 * @param name what the user calls it
 * @param engine the name of the engine that runs it
 * @param connection how its clients connect
 * @param template the database on it that others can be made from by {@code CREATE DATABASE … TEMPLATE}, if there is one
 * @param socketFolder where its Unix socket is, if this machine can reach one
 * @param storage what its engine stores it in
 * @param identity the process id of the postmaster, or the id of the container
 * @param until when it ends by itself
 * @param handle what its engine needs to find it
 */
public record ServerRecord(
        String name,
        String engine,
        PostgresVersion version,
        ConnectionInfo connection,
        Optional<String> template,
        Optional<Path> socketFolder,
        String storage,
        String identity,
        Instant started,
        Optional<Instant> until,
        Map<String, String> handle) {

    public ServerRecord {
        handle = Map.copyOf(handle);
    }
}
