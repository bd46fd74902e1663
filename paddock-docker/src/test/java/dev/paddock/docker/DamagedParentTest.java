package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.model.ServerSpec;
import dev.paddock.snapshot.Snapshot;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A snapshot is whole by itself: what its parent has become is no matter of its servers'. */
final class DamagedParentTest extends OnDocker {
    @Test
    void aWholeSnapshotIsRunAndHandedOnThoughItsParentIsDamaged() throws Exception {
        String first = newName("parent");
        String second = newName("child");
        String third = newName("grandchild");
        try (Paddock layered = Engines.storedAs("overlay", HOME)) {
            Snapshot parent;
            try (PostgresServer server = layered.start(spec())) {
                ask(server, "CREATE TABLE pony AS SELECT 'Merlin' AS name");
                parent = server.snapshot(first);
            }
            Snapshot child;
            try (PostgresServer server = layered.start(ServerSpec.snapshot(first))) {
                ask(server, "UPDATE pony SET name = 'Tinker'");
                child = server.snapshot(second);
            }
            Files.writeString(parent.folder().resolve("manifest.properties"), "");

            try (PostgresServer server = layered.start(ServerSpec.snapshot(second))) {
                assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Tinker");
                Files.writeString(child.folder().resolve("manifest.properties"), "");
                server.snapshot(third);
            }
            try (PostgresServer server = layered.start(ServerSpec.snapshot(third))) {
                assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Tinker");
            }
            for (String name : new String[] {third, second, first}) {
                layered.snapshots().remove(name);
            }
        }
    }
}
