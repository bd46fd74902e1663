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
        value.checking(() -> DataPlaces.requireApart(mount));
        super.mount(mount, value);
    }

    ServerSpec complete() {
        return server.withContainer(container());
    }
}
