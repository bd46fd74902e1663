package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.database.Database;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.registry.ServerRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that live on without an owner. */
public abstract class StandingServerContract extends EngineContract {

    @Test
    void areFoundByNameUntilTheyAreStopped() throws Exception {
        String name = newName("up");
        ServerRecord record = paddock.up(Optional.of(name), ServerSpec.create().withDatabase("shop"));
        assertThat(ask(Database.of(record.connection()), "SELECT current_database()"))
                .isEqualTo("shop");
        assertThat(paddock.registry().get(name)).isEqualTo(record);
        assertThat(paddock.registry().list()).contains(record);
        paddock.down(name);
        assertThat(paddock.registry().find(name)).isEmpty();
        assertThatThrownBy(() -> ask(Database.of(record.connection()), "SELECT 1"))
                .isInstanceOf(java.sql.SQLException.class);
    }

    @Test
    void haveNamesOfTheirOwn() {
        String name = newName("twice");
        paddock.up(Optional.of(name), ServerSpec.create());
        try {
            assertThatThrownBy(() -> paddock.up(Optional.of(name), ServerSpec.create()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("is running already");
        } finally {
            paddock.down(name);
        }
    }

    @Test
    void leaveNoNameTakenWhenTheyCanNotStart() {
        String name = newName("broken");
        assertThatThrownBy(
                        () -> paddock.up(Optional.of(name), ServerSpec.create().withSetting("work_mem", "lots")))
                .isInstanceOf(PaddockException.class);
        paddock.up(Optional.of(name), ServerSpec.create());
        paddock.down(name);
    }

    @Test
    void endWhenTheirTimeIsOver() {
        String name = newName("ttl");
        ServerRecord record = paddock.up(Optional.of(name), ServerSpec.create().withTtl(Duration.ofSeconds(1)));
        assertThat(record.until()).isPresent();
        Awaitility.await()
                .atMost(Duration.ofSeconds(6))
                .until(() -> paddock.registry().find(name).isEmpty());
    }

    @Test
    void canBeFrozenAndCloned() throws Exception {
        String name = newName("frozen");
        ServerRecord record = paddock.up(Optional.of(name), ServerSpec.create());
        ask(Database.of(record.connection()), "CREATE TABLE t AS SELECT 7 AS n");
        paddock.freeze(name, name);
        paddock.down(name);
        try (dev.paddock.PostgresServer clone = paddock.start(ServerSpec.snapshot(name))) {
            assertThat(ask(clone, "SELECT n FROM t")).isEqualTo("7");
        }
    }

    @Test
    void keepDataOnDiskWhenTheyAreStopped(@TempDir Path temp) throws Exception {
        String name = newName("disk");
        ServerSpec spec =
                ServerSpec.create().withStorage(new Storage.OnDisk(open(temp).resolve("data")));
        ServerRecord first = paddock.up(Optional.of(name), spec);
        ask(Database.of(first.connection()), "CREATE TABLE t AS SELECT 7 AS n");
        paddock.down(name);
        ServerRecord second = paddock.up(Optional.of(name), spec);
        assertThat(second.connection()).isEqualTo(first.connection());
        assertThat(ask(Database.of(second.connection()), "SELECT n FROM t")).isEqualTo("7");
        paddock.down(name);
    }
}
