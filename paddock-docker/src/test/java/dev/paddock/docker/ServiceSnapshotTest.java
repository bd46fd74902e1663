package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Image;
import dev.paddock.Paddock;
import dev.paddock.Stack;
import dev.paddock.model.Readiness;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.ServiceData;
import dev.paddock.model.ServiceSpec;
import dev.paddock.model.StackSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Services that begin with data, restored once and kept as images. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServiceSnapshotTest {
    private static final ServerSpec POSTGRES = ServerSpec.postgres("15");
    private static final Readiness MARIADB_ANSWERS =
            new Readiness.Succeeds(List.of("mariadb-admin", "--protocol=tcp", "--host=127.0.0.1", "ping"));

    private StackHost host;
    private Paddock paddock;

    @SuppressWarnings("NullAway.Init")
    ServiceSnapshotTest() {}

    @BeforeAll
    void open() {
        host = StackHost.require("paddock/postgres:15", "paddock/mariadb:test", "paddock/redis:test");
        paddock = host.paddock();
    }

    @AfterAll
    @SuppressWarnings("NullAway") // Absent where the tests were skipped.
    void close() {
        if (host != null) {
            host.removeImages("paddock/service");
            host.close();
        }
    }

    private static ServiceData restored(String path, String restore, Path... files) {
        return new ServiceData(
                path,
                List.of(files),
                ServiceData.RESTORE,
                restore.isEmpty() ? List.of() : List.of("sh", "-c", restore),
                Duration.ofMinutes(3));
    }

    /** A dump that nobody has restored yet, with so many rows of 200 bytes. */
    private static Path dump(Path folder, int rows) throws IOException {
        StringBuilder sql = new StringBuilder("CREATE DATABASE shop; USE shop; -- ")
                .append(UUID.randomUUID())
                .append("\nCREATE TABLE pony (id int PRIMARY KEY, name char(200));\n");
        for (int row = 0; row < rows; row += 1000) {
            sql.append("INSERT INTO pony VALUES ");
            for (int each = row; each < row + 1000; each++) {
                sql.append(each == row ? "" : ",").append('(').append(each).append(",'Merlin')");
            }
            sql.append(";\n");
        }
        return Files.writeString(folder.resolve("shop.sql"), sql);
    }

    private static ServiceSpec mariadb(ServiceData data) {
        return new Draft("legacy", "paddock/mariadb:test")
                .environment(Map.of("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "1"))
                .ready(MARIADB_ANSWERS)
                .data(data)
                .spec();
    }

    private String ask(Stack stack, String service, String... command) {
        return host.output(stack.service(service), command);
    }

    @Test
    void mariadbIsRestoredOnceAndBeginsWithItsDataEverAfter(@TempDir Path folder) throws Exception {
        ServiceSpec legacy = mariadb(restored("/var/lib/mysql", "mariadb < /restore/shop.sql", dump(folder, 200_000)));

        long begin = System.nanoTime();
        try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(legacy))) {
            assertThat(ask(stack, "legacy", "mariadb", "-Nse", "SELECT count(*) FROM shop.pony"))
                    .isEqualTo("200000");
            ask(stack, "legacy", "mariadb", "-e", "DELETE FROM shop.pony");
        }
        long first = System.nanoTime() - begin;

        begin = System.nanoTime();
        try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(legacy))) {
            long second = System.nanoTime() - begin;
            assertThat(ask(stack, "legacy", "mariadb", "-Nse", "SELECT count(*) FROM shop.pony"))
                    .as("what an earlier one changed stays its own")
                    .isEqualTo("200000");
            assertThat(second).isLessThan(first / 2);
        }
    }

    @Test
    void imageMakesItsDataByItsOwnStartWhereItUnderstandsThat(@TempDir Path folder) throws Exception {
        ServiceData data = new ServiceData(
                "/var/lib/mysql",
                List.of(dump(folder, 1000)),
                "/docker-entrypoint-initdb.d",
                List.of(),
                Duration.ofMinutes(3));

        try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(mariadb(data)))) {
            assertThat(ask(stack, "legacy", "mariadb", "-Nse", "SELECT count(*) FROM shop.pony"))
                    .isEqualTo("1000");
        }
    }

    @Test
    void redisBeginsWithItsKeys(@TempDir Path folder) throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "SET pony Merlin\nSET run " + UUID.randomUUID() + "\n");
        ServiceSpec cache = new Draft("cache", "paddock/redis:test")
                .ready(new Readiness.Listens(6379))
                .data(restored("/data", "redis-cli < /restore/keys && redis-cli SAVE", keys))
                .spec();

        for (int start = 1; start <= 2; start++) {
            try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(cache))) {
                assertThat(ask(stack, "cache", "redis-cli", "GET", "pony")).isEqualTo("Merlin");
                ask(stack, "cache", "redis-cli", "SET", "pony", "Morgana");
            }
        }
    }

    @Test
    void changedScriptMakesAnotherSnapshot(@TempDir Path folder) throws Exception {
        for (String name : List.of("Merlin", "Morgana")) {
            Path keys = Files.writeString(folder.resolve("keys"), "SET pony " + name + "\n");
            ServiceSpec cache = new Draft("cache", "paddock/redis:test")
                    .ready(new Readiness.Listens(6379))
                    .data(restored("/data", "redis-cli < /restore/keys && redis-cli SAVE", keys))
                    .spec();
            try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(cache))) {
                assertThat(ask(stack, "cache", "redis-cli", "GET", "pony")).isEqualTo(name);
            }
        }
    }

    @Test
    void failedRestoreIsShownAndLeavesNothing(@TempDir Path folder) throws Exception {
        Path broken = Files.writeString(folder.resolve("shop.sql"), "SELEC " + UUID.randomUUID());
        List<Image> before = host.images("paddock/service");
        ServiceSpec legacy = mariadb(restored("/var/lib/mysql", "mariadb < /restore/shop.sql", broken));

        assertThatThrownBy(() -> paddock.start(StackSpec.of(POSTGRES).with(legacy)))
                .hasMessageContaining("to restore the data of legacy failed")
                .hasMessageContaining("You have an error in your SQL syntax");

        assertThat(host.images("paddock/service")).isEqualTo(before);
        assertThat(host.left()).isEmpty();
    }

    @Test
    void snapshotIsAnImageThatRunsWithoutPaddock(@TempDir Path folder) throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "SET pony " + UUID.randomUUID() + "\n");
        ServiceSpec cache = new Draft("cache", "paddock/redis:test")
                .ready(new Readiness.Listens(6379))
                .data(restored("/data", "redis-cli < /restore/keys && redis-cli SAVE", keys))
                .spec();
        try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(cache))) {
            String image = host.inspect(stack.service("cache")).getImageId();
            var config =
                    host.client().inspectImageCmd(String.valueOf(image)).exec().getConfig();

            assertThat(Arrays.asList(config.getCmd())).startsWith("redis-server");
            assertThat(config.getLabels()).containsEntry("dev.paddock", "service-snapshot");
            assertThat(config.getStdinOpen()).isFalse();
        }
    }
}
