package dev.paddock.embedded;

import dev.paddock.engine.EngineServer;
import dev.paddock.engine.FileLog;
import dev.paddock.model.ByteSize;
import dev.paddock.model.PostgresVersion;
import dev.paddock.postgres.DatabaseCopies;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.wire.Login;
import dev.paddock.wire.WireConnection;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What is known of a server by knowing where it is, whoever owns it. */
sealed interface LocalServer extends EngineServer permits EmbeddedServer, StandingServer {
    Whereabouts whereabouts();

    @Override
    default PostgresVersion version() {
        return whereabouts().version();
    }

    @Override
    default String host() {
        return "127.0.0.1";
    }

    @Override
    default int port() {
        return whereabouts().port();
    }

    @Override
    default WireConnection connect(Login login, Duration patience) {
        return whereabouts().connect(login, patience);
    }

    @Override
    default Optional<Path> socketFolder() {
        return Optional.of(whereabouts().socketFolder());
    }

    @Override
    default Snapshot origin() {
        return whereabouts().origin();
    }

    @Override
    default String storage() {
        return whereabouts().disk().isPresent()
                ? "disk"
                : whereabouts().method().toString();
    }

    @Override
    default String identity() {
        return Long.toString(whereabouts().postmaster().pid());
    }

    @Override
    default void handOnCatalogCache(int copy) {
        DatabaseCopies.handOnCatalogCache(whereabouts().data(), copy);
    }

    @Override
    default ByteSize storageLeft() {
        return new ByteSize(Math.max(1, whereabouts().data().toFile().getUsableSpace()));
    }

    /** Of an overlay the system tells what its upper layer has. */
    @Override
    default Optional<ByteSize> memoryOfFiles() {
        if (whereabouts().changes().isEmpty()) {
            return Optional.empty();
        }
        File data = whereabouts().data().toFile();
        return Optional.of(new ByteSize(Math.max(1, data.getTotalSpace() - data.getFreeSpace())));
    }

    @Override
    default FileLog log() {
        return whereabouts().log();
    }

    @Override
    default Map<String, String> handle() {
        return whereabouts().toHandle();
    }
}
