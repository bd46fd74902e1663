package dev.paddock.docker.server;

import dev.paddock.docker.data.DataVolume;
import dev.paddock.engine.EngineServer;
import dev.paddock.model.ByteSize;
import dev.paddock.model.PostgresVersion;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.wire.Login;
import dev.paddock.wire.WireConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What is known of a server by knowing where it is, whoever owns it. */
public sealed interface ContainerServer extends EngineServer permits OwnedServer, StandingServer {
    Place place();

    @Override
    default PostgresVersion version() {
        return place().version();
    }

    @Override
    default String host() {
        return place().host();
    }

    @Override
    default int port() {
        return place().port();
    }

    @Override
    default WireConnection connect(Login login, Duration patience) {
        return WireConnection.open(place().socket(), login, patience);
    }

    @Override
    default Optional<Path> socketFolder() {
        return Optional.of(place().own().path());
    }

    @Override
    default Snapshot origin() {
        return place().origin();
    }

    @Override
    default String storage() {
        return place().storage();
    }

    @Override
    default String identity() {
        return place().container().substring(0, 12);
    }

    /** Only its own container could tell. */
    @Override
    default Optional<ByteSize> memoryOfFiles() {
        return Optional.empty();
    }

    /** The file is the container's; who made it there can't be told apart from outside. */
    @Override
    default void handOnCatalogCache(int copy) {}

    @Override
    default Map<String, String> handle() {
        return place().toHandle();
    }

    @Override
    default String superuser() {
        return place().superuser();
    }

    @Override
    default boolean isAdopted() {
        return place().volume().map(DataVolume::adopted).orElse(false);
    }
}
