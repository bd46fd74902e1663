package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Ours;
import dev.paddock.engine.EngineServer;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.DatabasePool;
import dev.paddock.lease.Lease;
import dev.paddock.model.ByteSize;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.wire.Login;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is about containers and images alone, beyond the contract of all engines. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerEngineTest {
    private static final PaddockHome HOME =
            PaddockHome.under(Path.of("target", "paddock-home").toAbsolutePath());

    private Paddock paddock;
    private DockerConnection connection;

    @SuppressWarnings("NullAway.Init")
    DockerEngineTest() {}

    @BeforeAll
    void open() {
        Engines.require("paddock/postgres:15");
        paddock = Engines.storedAs("overlay", HOME);
        connection = DockerConnection.open(System.getenv());
    }

    @AfterAll
    @SuppressWarnings("NullAway") // Absent where the tests were skipped.
    void close() {
        if (paddock != null) {
            paddock.close();
            connection.close();
        }
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        return ask(server.database().dataSource(), sql);
    }

    private static String ask(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    private DockerClient docker() {
        return connection.client();
    }

    private List<String> imagesOf(Snapshot snapshot) {
        return docker().listImagesCmd().withLabelFilter(Map.of("dev.paddock.snapshot", snapshot.id())).exec().stream()
                .map(image -> image.getRepoTags()[0])
                .toList();
    }

    @Test
    void runsTheVersionThatIsAskedFor() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.postgres("15"))) {
            assertThat(ask(server, "SHOW server_version")).startsWith("15.");
        }
    }

    @Test
    void runsTheImageThatIsAskedForWhateverItIsCalled() throws Exception {
        docker().tagImageCmd("paddock/postgres:15", "company/base/database", "of-ours")
                .exec();
        try (PostgresServer server = paddock.start(
                ServerSpec.create().withContainer(ContainerSpec.DEFAULT.withImage("company/base/database:of-ours")))) {
            assertThat(server.version().major()).isEqualTo(15);
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        } finally {
            docker().removeImageCmd("company/base/database:of-ours").exec();
        }
    }

    @Test
    void aClosedServersContainerVanishes() {
        PostgresServer server = paddock.start(ServerSpec.create());
        assertThat(containers()).contains(server.identity());
        server.close();
        Awaitility.await().untilAsserted(() -> assertThat(containers()).doesNotContain(server.identity()));
    }

    private List<String> containers() {
        return docker().listContainersCmd().withShowAll(true).exec().stream()
                .map(container -> container.getId().substring(0, 12))
                .toList();
    }

    @Test
    void theImageOfASnapshotIsMadeAnewWhenSomebodyHasRemovedIt() throws Exception {
        String name = "removed-" + System.nanoTime();
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            ask(server, "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            server.snapshot(name);
        }
        Snapshot snapshot = paddock.snapshots().get(name);
        paddock.start(ServerSpec.snapshot(name)).close();
        Awaitility.await().until(() -> remove(imagesOf(snapshot)));
        try (PostgresServer server = paddock.start(ServerSpec.snapshot(name))) {
            assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Merlin");
        }
        paddock.snapshots().remove(name);
    }

    private boolean remove(List<String> images) {
        images.forEach(image -> docker().removeImageCmd(image).withForce(true).exec());
        return true;
    }

    @Test
    void theImageOfASnapshotThatSomebodyHasNamedStaysUnderThatName() throws Exception {
        String name = "named-" + System.nanoTime();
        String own = "company/base/" + name + ":1";
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            ask(server, "CREATE TABLE named AS SELECT random()");
            server.snapshot(name);
        }
        Snapshot snapshot = paddock.snapshots().get(name);
        paddock.start(ServerSpec.snapshot(name)).close();
        docker().tagImageCmd(imagesOf(snapshot).get(0), "company/base/" + name, "1")
                .exec();
        paddock.snapshots().remove(name);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                try (Paddock next = Engines.storedAs("overlay", HOME)) {
                    next.engine().diagnose();
                    Awaitility.await()
                            .untilAsserted(() -> assertThat(imagesOf(snapshot)).containsExactly(own));
                }
            });
        } finally {
            docker().removeImageCmd(own).exec();
        }
    }

    @Test
    void imagesOfSnapshotsThatAreGoneAreRemoved() throws Exception {
        String name = "forgotten-" + System.nanoTime();
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            ask(server, "CREATE TABLE forgotten AS SELECT random()");
            server.snapshot(name);
        }
        Snapshot snapshot = paddock.snapshots().get(name);
        paddock.start(ServerSpec.snapshot(name)).close();
        assertThat(imagesOf(snapshot)).hasSize(1);
        paddock.snapshots().remove(name);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            try (Paddock next = Engines.storedAs("overlay", HOME)) {
                next.engine().diagnose();
                Awaitility.await()
                        .untilAsserted(() -> assertThat(imagesOf(snapshot)).isEmpty());
            }
        });
    }

    @Test
    void aSnapshotThatCameFromAnotherIsALayerOfWhatChangedAndHoldsNothingThatIsGone() throws Exception {
        String first = "first-" + System.nanoTime();
        String second = "second-" + System.nanoTime();
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            ask(server, "CREATE DATABASE stable");
            ask(server, "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            server.snapshot(first);
        }
        try (PostgresServer server = paddock.start(ServerSpec.snapshot(first))) {
            ask(server, "DROP DATABASE stable");
            ask(server, "DROP TABLE pony");
            ask(server, "CREATE TABLE foal AS SELECT 'Morgana' AS name");
            server.snapshot(second);
        }
        Snapshot before = paddock.snapshots().get(first);
        Snapshot after = paddock.snapshots().get(second);
        assertThat(after.stored())
                .as("of the disk, for what is the same is there once")
                .isLessThan(after.manifest().bytes() / 2);
        try (PostgresServer server = paddock.start(ServerSpec.snapshot(second))) {
            assertThat(ask(server, "SELECT name FROM foal")).isEqualTo("Morgana");
            assertThat(inside(server, "cd $PGDATA && find base global pg_xact -type d -o -name '[0-9]*[0-9]' | sort"))
                    .isEqualTo(files(after.data()));
        }
        assertThat(layers(after)).isEqualTo(layers(before) + 1);
        paddock.snapshots().remove(first);
        try (Paddock next = Engines.storedAs("overlay", HOME);
                PostgresServer server = next.start(ServerSpec.snapshot(second))) {
            assertThat(ask(server, "SELECT name FROM foal"))
                    .as("without the one that it came from")
                    .isEqualTo("Morgana");
        }
        paddock.snapshots().remove(second);
    }

    private static String files(Path data) throws IOException {
        List<String> names = new ArrayList<>();
        for (String folder : List.of("base", "global", "pg_xact")) {
            try (Stream<Path> all = Files.walk(data.resolve(folder))) {
                all.filter(each -> Files.isDirectory(each)
                                || each.getFileName().toString().matches("[0-9].*[0-9]"))
                        .forEach(each -> names.add(data.relativize(each).toString()));
            }
        }
        return names.stream().sorted().collect(Collectors.joining("\n"));
    }

    private String inside(PostgresServer server, String script) {
        return new Containers(connection, Ours.in(HOME))
                .runInside(server.identity(), List.of("sh", "-c", "export LC_ALL=C; " + script), script)
                .strip();
    }

    private int layers(Snapshot snapshot) {
        return Objects.requireNonNull(Objects.requireNonNull(
                                docker().inspectImageCmd(imagesOf(snapshot).get(0))
                                        .exec()
                                        .getRootFS())
                        .getLayers())
                .size();
    }

    private static ResourceLimits memory(String size) {
        ResourceLimits none = ResourceLimits.NONE;
        return new ResourceLimits(
                Optional.of(ByteSize.parse(size)),
                none.swap(),
                none.swappiness(),
                none.cpus(),
                none.cpuShares(),
                none.ioWeight(),
                none.ioRates(),
                none.processes());
    }

    @Test
    void whatIsSmallIsInMemoryAndWhatIsLargeInALayer() throws Exception {
        try (Paddock any = Engines.storedAs("auto", HOME)) {
            ServerSpec limited = ServerSpec.create().withContainer(ContainerSpec.DEFAULT.withLimits(memory("512MB")));
            try (PostgresServer small = any.start(ServerSpec.create());
                    PostgresServer confined = any.start(limited);
                    PostgresServer large = any.start(Large.TEMPLATE)) {
                assertThat(small.storage()).isEqualTo("copy");
                assertThat(confined.storage()).as("whose memory is limited").isEqualTo("overlay");
                assertThat(large.storage()).isEqualTo("overlay");
                assertThat(ask(large, "SELECT count(*) FROM much")).isEqualTo(Large.ROWS);
            }
        } finally {
            System.setProperty("paddock.storage", "overlay");
        }
    }

    @Test
    void databasesOfALargeTemplateAreThereBeforeAnybodyAsksAndAreKeptApart() throws Exception {
        DatabasePool pool = paddock.databases(Large.TEMPLATE);
        try (Lease kept = pool.lease("who keeps all")) {
            assertThat(ask(kept, "SELECT count(*) FROM pg_database WHERE datname LIKE 'test\\_%'"))
                    .as("copies")
                    .isEqualTo("12");
            // More than there are on one server.
            for (int i = 0; i < 15; i++) {
                try (Lease lease = pool.lease("who removes much")) {
                    assertThat(ask(lease, "SELECT count(*) FROM much")).isEqualTo(Large.ROWS);
                    ask(lease, "DELETE FROM much WHERE n > 5");
                    ask(lease, "UPDATE much SET filling = 'mine'");
                }
            }
            assertThat(ask(kept, "SELECT count(*) FROM much WHERE filling <> 'mine'"))
                    .isEqualTo(Large.ROWS);
        }
    }

    private static String ask(Lease lease, String sql) throws SQLException {
        return ask(lease.database().dataSource(), sql);
    }

    @Test
    void aServerTellsWhatRoomItHasAndNotWhatTheMachineHas() {
        ByteSize limit = ByteSize.ofMegabytes(64);
        ServerSpec spec = ServerSpec.create().withStorage(new Storage.InMemory(limit));
        try (EngineServer server = paddock.engine().start(spec)) {
            long before = server.storageLeft().bytes();
            assertThat(before)
                    .isLessThanOrEqualTo(
                            limit.bytes() + server.origin().manifest().bytes());
            try (WireConnection connection = server.connect(Login.of("postgres", "postgres"), Duration.ofSeconds(10))) {
                connection.execute("CREATE TABLE pony AS SELECT repeat('x', 1000) FROM generate_series(1, 20000)");
            }
            assertThat(before - server.storageLeft().bytes())
                    .isGreaterThan(ByteSize.ofMegabytes(20).bytes());
        }
    }

    @Test
    void aServerThatStandsAloneTellsWhatRoomItHas() {
        String name = "room-" + System.nanoTime();
        ServerSpec spec = ServerSpec.create().withStorage(new Storage.InMemory(ByteSize.ofMegabytes(64)));
        EngineServer server = paddock.attach(paddock.up(Optional.of(name), spec));
        try {
            assertThat(server.storageLeft()).isLessThan(ByteSize.ofMegabytes(200));
        } finally {
            paddock.down(name);
        }
    }

    @Test
    void theArchiveOfASnapshotIsMadeOnceAndGoesWithIt() throws Exception {
        String name = "packed-" + System.nanoTime();
        try (Paddock any = Engines.storedAs("copy", HOME)) {
            try (PostgresServer server = any.start(ServerSpec.create())) {
                ask(server, "CREATE TABLE packed AS SELECT random()");
                server.snapshot(name);
            }
            Path archive = any.snapshots().get(name).folder().resolve("data.tar");
            assertThat(archive).doesNotExist();
            any.start(ServerSpec.snapshot(name)).close();
            Object made = Files.getAttribute(archive, "unix:ino");
            any.start(ServerSpec.snapshot(name)).close();
            assertThat(Files.getAttribute(archive, "unix:ino")).isEqualTo(made);
            any.snapshots().remove(name);
            assertThat(archive).doesNotExist();
        } finally {
            System.setProperty("paddock.storage", "overlay");
        }
    }

    @Test
    void memoryThatIsFullFailsTheStatementAndNotTheServer() throws Exception {
        try (PostgresServer server =
                paddock.start(ServerSpec.create().withStorage(new Storage.InMemory(ByteSize.parse("64MB"))))) {
            assertThatThrownBy(() -> ask(
                            server, "CREATE TABLE t AS SELECT n, repeat('x', 500) FROM generate_series(1, 1000000) n"))
                    .hasMessageContaining("No space left on device");
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void anImageThatIsNotOfPostgresqlIsRefused() {
        Engines.require("paddock/debian:bookworm");
        assertThatThrownBy(() -> paddock.start(
                        ServerSpec.create().withContainer(ContainerSpec.DEFAULT.withImage("paddock/debian:bookworm"))))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("isn't one of PostgreSQL");
    }

    @Test
    void anImageThatIsNowhereIsNamed() {
        assertThatThrownBy(() -> paddock.start(ServerSpec.create()
                        .withContainer(ContainerSpec.DEFAULT.withImage("127.0.0.1:9/no/such:thing"))))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("can't pull the image 127.0.0.1:9/no/such:thing")
                .hasMessageContaining("refused");
    }

    @Test
    void anImageThatOnlyASnapshotNamesIsNotFetched() throws Exception {
        paddock.start(ServerSpec.create()).close();
        Snapshot own = paddock.snapshots().list().stream()
                .filter(each -> each.manifest().kind() == Kind.EMPTY)
                .findFirst()
                .orElseThrow();
        String name = OnDocker.newName("foreign");
        Snapshot foreign = paddock.snapshots()
                .add(new Draft(
                        own.data(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Kind.FROZEN,
                        own.manifest().version(),
                        "docker:127.0.0.1:9/evil/postgres:1 sha256:" + "0".repeat(64),
                        own.manifest().platform(),
                        own.manifest().format(),
                        own.manifest().user(),
                        own.manifest().database(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of()));
        paddock.snapshots().name(foreign, name);

        assertThatThrownBy(() -> paddock.start(ServerSpec.snapshot(name)))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("says that the image 127.0.0.1:9/evil/postgres:1 wrote it");
        try (PostgresServer server = paddock.start(ServerSpec.snapshot(name)
                .withPostgres(
                        new PostgresSource.Release(own.manifest().version().major(), OptionalInt.empty())))) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
        paddock.snapshots().remove(name);
    }

    @Test
    void theServersOwnWordsAreToldWhenItCanNotStart() {
        assertThatThrownBy(() -> paddock.start(ServerSpec.create().withSetting("shared_buffers", "9999GB")))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("outside the valid range for parameter \"shared_buffers\"");
        assertThat(Objects.requireNonNull(paddock.engine().diagnose().findings()))
                .isNotEmpty();
    }
}
