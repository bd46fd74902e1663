package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.PoolSettings;
import dev.paddock.PostgresServer;
import dev.paddock.ServerPool;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are started before anybody asks for them. */
public abstract class ServerPoolContract extends EngineContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static PoolSettings keeping(int ready) {
        return new PoolSettings(ready, 2);
    }

    private static void awaitReady(ServerPool pool, int count) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> pool.ready() == count);
    }

    @Test
    void aReadyServerWasStartedBeforeItIsTaken() throws Exception {
        try (ServerPool pool = paddock.pool(ServerSpec.create(), keeping(1))) {
            for (int round = 0; round < 3; round++) {
                awaitReady(pool, 1);
                double asked = System.currentTimeMillis() / 1000.0;
                try (PostgresServer server = pool.take()) {
                    assertThat(ask(server, "SELECT pg_postmaster_start_time() <= to_timestamp(" + asked + ")"))
                            .isEqualTo("t");
                }
            }
        }
    }

    @Test
    void itIsRefilledInTheBackgroundAndNeverHoldsMoreThanItShould() {
        try (ServerPool pool = paddock.pool(ServerSpec.create(), keeping(2))) {
            for (int round = 0; round < 3; round++) {
                awaitReady(pool, 2);
                pool.take().close();
                pool.take().close();
                pool.take().close();
                assertThat(pool.ready()).isLessThanOrEqualTo(2);
            }
            awaitReady(pool, 2);
        }
    }

    @Test
    void everyOneOfManyThreadsIsServedWithAServerOfItsOwn() {
        Set<String> identities = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try (ServerPool pool = paddock.pool(ServerSpec.create(), keeping(2))) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                all.add(CompletableFuture.runAsync(
                        () -> {
                            try (PostgresServer server = pool.take()) {
                                assertThat(identities.add(server.identity())).isTrue();
                                assertThat(server.isAlive()).isTrue();
                            }
                        },
                        threads));
            }
            all.forEach(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }
        assertThat(identities).hasSize(24);
    }

    @Test
    void thoseWhoWaitAreServedInTheOrderInWhichTheyCame() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (ServerPool pool = paddock.pool(ServerSpec.create(), new PoolSettings(1, 1))) {
            awaitReady(pool, 1);
            pool.take().close();
            List<CompletableFuture<PostgresServer>> turns = new ArrayList<>();
            List<String> starts = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int before = i;
                turns.add(CompletableFuture.supplyAsync(pool::take, threads));
                // In its place, or served before the next one comes.
                Awaitility.await()
                        .pollInterval(Duration.ofNanos(100_000))
                        .until(() -> pool.waiting() > 0 || turns.get(before).isDone());
                Awaitility.await()
                        .pollInterval(Duration.ofNanos(100_000))
                        .until(() ->
                                turns.stream().filter(CompletableFuture::isDone).count() + pool.waiting()
                                        >= before + 1);
            }
            for (CompletableFuture<PostgresServer> turn : turns) {
                try (PostgresServer server = turn.join()) {
                    starts.add(ask(server, "SELECT to_char(pg_postmaster_start_time(), 'YYYYMMDDHH24MISS.US')"));
                }
            }
            assertThat(starts).isSorted().doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aServerIsItsHoldersAlsoWhenThePoolIsClosed() throws Exception {
        ServerPool pool = paddock.pool(ServerSpec.create(), keeping(1));
        try (PostgresServer server = pool.take()) {
            pool.close();
            pool.close();
            assertThat(ask(server, "SELECT 42")).isEqualTo("42");
            assertThat(pool.ready()).isZero();
        }
        assertThatThrownBy(pool::take).isInstanceOf(PaddockException.class).hasMessageContaining("closed");
    }

    @Test
    void whoeverWaitsIsToldThatThePoolIsClosed(@TempDir Path temp) throws Exception {
        Path slow = Files.writeString(temp.resolve("slow.sql"), "SELECT pg_sleep(2);");
        ServerPool pool = paddock.pool(ServerSpec.create().withInit(List.of(slow)), keeping(1));
        CompletableFuture<PostgresServer> turn = CompletableFuture.supplyAsync(pool::take);
        Awaitility.await().until(() -> pool.waiting() == 1);
        pool.close();
        assertThatThrownBy(turn::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("this pool of servers is closed");
    }

    @Test
    void whyNoServerCouldBeStartedIsToldToWhoeverAsksAndTriedAgain(@TempDir Path temp) throws Exception {
        Path script = Files.writeString(temp.resolve("init.sql"), "SELECT 1/0;");
        try (ServerPool pool = paddock.pool(ServerSpec.create().withInit(List.of(script)), keeping(1))) {
            assertThatThrownBy(pool::take)
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("division by zero")
                    .hasCauseInstanceOf(PaddockException.class);
            Files.writeString(script, "CREATE TABLE pony AS SELECT 'Rarity' AS name;");
            PostgresServer server = Awaitility.await().ignoreExceptions().until(pool::take, taken -> true);
            assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Rarity");
            server.close();
        }
    }

    @Test
    void aServerThatHasDiedIsNotGivenOut(@TempDir Path temp) throws Exception {
        Path script = Files.writeString(
                temp.resolve("init.sql"),
                "COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; (sleep 3; kill -9 $(head -n 1 postmaster.pid)) > /dev/null 2>&1 &';");
        try (ServerPool pool = paddock.pool(ServerSpec.create().withInit(List.of(script)), keeping(1))) {
            awaitReady(pool, 1);
            Files.writeString(script, "SELECT 1;");
            long begin = System.nanoTime();
            Awaitility.await()
                    .until(() ->
                            System.nanoTime() - begin > Duration.ofSeconds(4).toNanos());
            try (PostgresServer server = pool.take()) {
                assertThat(ask(server, "SELECT 42")).isEqualTo("42");
            }
        }
    }

    @Test
    void serversOfATemplateHaveItsDatabase(@TempDir Path temp) throws Exception {
        Files.writeString(temp.resolve("V1__pony.sql"), "CREATE TABLE pony AS SELECT 'Rarity' AS name;");
        TemplateSpec template = TemplateSpec.of(ServerSpec.create()).with(Layer.migrations(temp.toString()));
        try (ServerPool pool = paddock.pool(template, keeping(1));
                PostgresServer server = pool.take()) {
            assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Rarity");
        }
    }

    @Test
    void whatOnlyOneServerCanHaveIsRefused(@TempDir Path temp) {
        List<ServerSpec> singular = List.of(
                ServerSpec.create().withPort(54321),
                ServerSpec.create().withStorage(new Storage.OnDisk(temp)),
                ServerSpec.create().withTtl(Duration.ofMinutes(1)));
        for (ServerSpec spec : singular) {
            assertThatThrownBy(() -> paddock.pool(spec, keeping(1))).isInstanceOf(InvalidSpecException.class);
        }
        assertThatThrownBy(() -> keeping(0)).isInstanceOf(InvalidSpecException.class);
    }
}
