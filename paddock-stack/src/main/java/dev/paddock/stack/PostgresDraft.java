package dev.paddock.stack;

import dev.paddock.model.DataPlaces;
import dev.paddock.model.Mount;
import dev.paddock.model.ServerSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a file has said of PostgreSQL so far. */
final class PostgresDraft extends ContainerDraft {
    ServerSpec server = ServerSpec.create();
    List<Path> template = List.of();

    @Nullable
    Path passwordFile;

    void with(UnaryOperator<ServerSpec> change) {
        server = change.apply(server);
    }

    @Override
    void mount(Mount mount, Value value) {
        value.checking(() -> DataPlaces.requireApart(mount, PostgresDraft::instead));
        super.mount(mount, value);
    }

    private static String instead(Mount mount) {
        if (mount instanceof Mount.Volume volume) {
            return "to keep the data in that volume, write disk_volume: " + volume.name();
        }
        return mount instanceof Mount.Bind bind
                ? "to keep the data in that folder, write disk: " + bind.source()
                : "leave it out: the data is in memory unless there is a disk or a disk_volume";
    }

    ServerSpec complete() {
        return server.withContainer(container());
    }
}
