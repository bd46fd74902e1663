package dev.paddock.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.contract.LocalRegistry;
import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.oci.image.Compression;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots to and from a real registry, with no engine but the embedded one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotRegistryTest {
    private static final PaddockHome HOME =
            PaddockHome.under(Path.of("target/paddock-home").toAbsolutePath());

    private final Path folder;
    private final Paddock paddock = Paddock.open("embedded", HOME, Progress.NONE);
    private final LocalRegistry registry;
    private Snapshot ponies;

    SnapshotRegistryTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.registry = LocalRegistry.open(Files.createDirectory(folder.resolve("open")));
        this.ponies = ponies();
    }

    private Snapshot ponies() throws Exception {
        String name = "ponies" + System.nanoTime();
        try (PostgresServer server =
                paddock.start(ServerSpec.postgres("18").withDatabase("stable").withUser("groom"))) {
            ask(server, "CREATE TABLE pony AS SELECT n, 'pony ' || n AS name FROM generate_series(1, 5000) AS n");
            return server.snapshot(name);
        }
    }

    @BeforeAll
    void beginEmpty() {
        assertThat(ponies.images()).isEmpty();
    }

    @AfterAll
    void close() {
        registry.close();
        remove(ponies);
        paddock.close();
    }

    private void remove(Snapshot snapshot) {
        if (paddock.snapshots().find(snapshot.id()).isPresent()) {
            paddock.snapshots().remove(snapshot.id());
        }
    }

    private static String ask(PostgresServer server, String sql) throws Exception {
        try (Connection connection = server.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    private SnapshotRegistry with(Map<String, String> environment) {
        return new SnapshotRegistry(HOME, paddock.snapshots(), environment, Progress.NONE);
    }

    private SnapshotRegistry anonymous() {
        return with(Map.of("DOCKER_CONFIG", folder.resolve("nobody").toString()));
    }

    private static String unused() {
        return "pulled" + System.nanoTime();
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void whatWasPushedAndRemovedIsPulledAndStarts(Compression compression) throws Exception {
        String image = registry.image("team/ponies:" + compression);
        String pushed =
                anonymous().push(ponies, PushSpec.to(image).withDataOnly().compressed(compression));
        assertThat(pushed).matches("localhost:\\d+/team/ponies@sha256:[0-9a-f]{64}");
        paddock.snapshots().remove(ponies.id());

        Snapshot pulled = anonymous().pull(image, Optional.of(unused()));

        assertThat(pulled.id()).isEqualTo(ponies.id());
        assertThat(pulled.images()).containsExactly(pushed);
        assertThat(pulled.manifest().platform()).isEqualTo(ponies.manifest().platform());
        ponies = pulled;
        try (PostgresServer server =
                paddock.start(ServerSpec.snapshot(pulled.name().orElseThrow()))) {
            assertThat(server.connection().user()).isEqualTo("groom");
            assertThat(server.connection().database()).isEqualTo("stable");
            assertThat(ask(server, "SELECT count(*) FROM pony")).isEqualTo("5000");
        }
    }

    @Test
    void theSameSnapshotIsTheSameImage() throws Exception {
        PushSpec once = PushSpec.to(registry.image("same/one:v1")).withDataOnly();
        PushSpec twice = PushSpec.to(registry.image("same/two:v2")).withDataOnly();
        String first = anonymous().push(ponies, once);
        try (Stream<Path> files = Files.list(HOME.cacheFolder("image-layers"))) {
            for (Path known : files.toList()) {
                Files.delete(known);
            }
        }

        String second = anonymous().push(ponies, twice);

        assertThat(second.replaceFirst(".*@", "")).isEqualTo(first.replaceFirst(".*@", ""));
    }

    @Test
    void whatIsThereAlreadyIsNotUploadedAgain() throws Exception {
        anonymous().push(ponies, PushSpec.to(registry.image("again:v1")).withDataOnly());
        int blobs = registry.blobs().size();

        anonymous().push(ponies, PushSpec.to(registry.image("again:v2")).withDataOnly());

        assertThat(registry.blobs()).hasSize(blobs);
    }

    @Test
    void aSnapshotThatIsInTheCacheAlreadyIsOnlyNamed() {
        String image = registry.image("known:v1");
        anonymous().push(ponies, PushSpec.to(image).withDataOnly());

        Snapshot pulled = anonymous().pull(image, Optional.of(unused()));

        assertThat(pulled.folder()).isEqualTo(ponies.folder());
    }

    @Test
    void withoutANameItIsCalledLikeTheImage() {
        String name = "called" + System.nanoTime();
        anonymous().push(ponies, PushSpec.to(registry.image("deep/er/" + name)).withDataOnly());

        assertThat(anonymous()
                        .pull(registry.image("deep/er/" + name), Optional.empty())
                        .name())
                .contains(name);
    }

    @Test
    void aNameThatAnotherSnapshotHasIsRefused() throws Exception {
        String image = registry.image("another:v1");
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            ask(server, "CREATE TABLE other AS SELECT 1");
            anonymous().push(server.snapshot(unused()), PushSpec.to(image).withDataOnly());
        }

        assertThatThrownBy(() -> anonymous().pull(image, ponies.name())).hasMessageContaining("already");
    }

    @Test
    void pullingItAgainMendsIt() throws Exception {
        PushSpec image = PushSpec.to(registry.image("again:v1")).withDataOnly();
        anonymous().push(ponies, image);
        assertThat(anonymous().pull(image.to(), ponies.name()).id()).isEqualTo(ponies.id());
        Files.delete(ponies.folder().resolve("data/global/pg_control"));

        // As another process does, which hasn't looked at it yet.
        try (Paddock next = Paddock.open("embedded", HOME, Progress.NONE)) {
            Snapshot mended = new SnapshotRegistry(HOME, next.snapshots(), Map.of(), Progress.NONE)
                    .pull(image.to(), ponies.name());

            assertThat(mended.name()).isEqualTo(ponies.name());
            assertThat(next.snapshots().verify(mended)).isEmpty();
            try (PostgresServer server =
                    next.start(ServerSpec.snapshot(ponies.name().orElseThrow()))) {
                assertThat(ask(server, "SELECT count(*) FROM pony")).isEqualTo("5000");
            }
        }
    }

    @Test
    void aRegistryThatWantsCredentialsHasThoseOfTheUsersConfiguration() throws Exception {
        try (LocalRegistry locked = LocalRegistry.locked(Files.createDirectory(folder.resolve("locked")))) {
            Path home = folder.resolve("user");
            Map<String, String> user = locked.login(home.resolve(".docker"), LocalRegistry.PASSWORD);
            PushSpec spec = PushSpec.to(locked.image("ponies:v1")).withDataOnly();

            with(user).push(ponies, spec);

            assertThat(with(user).pull(spec.to(), Optional.of(unused())).id()).isEqualTo(ponies.id());
            assertThat(with(Map.of("HOME", home.toString()))
                            .pull(spec.to(), Optional.of(unused()))
                            .id())
                    .isEqualTo(ponies.id());
            assertThatThrownBy(() -> anonymous().push(ponies, spec))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("wants credentials for ponies")
                    .extracting(failure -> ((PaddockException) failure).hint().orElse(""))
                    .asString()
                    .contains("docker login localhost:");
        }
    }

    @Test
    void whoeverMayNotPushHearsOfItBeforeAnythingIsDone() throws Exception {
        try (LocalRegistry locked = LocalRegistry.locked(Files.createDirectory(folder.resolve("early")))) {
            List<String> done = new CopyOnWriteArrayList<>();
            Progress witness = (activity, part, all) -> done.add(activity);
            SnapshotRegistry stranger =
                    new SnapshotRegistry(HOME, paddock.snapshots(), Map.of("DOCKER_CONFIG", "/nowhere"), witness);

            for (PushSpec spec : List.of(
                    PushSpec.to(locked.image("ponies:v1")).withDataOnly(),
                    PushSpec.to(locked.image("ponies:v1")).on("docker-daemon:no/such:image"))) {
                assertThatThrownBy(() -> stranger.push(ponies, spec))
                        .isInstanceOf(PaddockException.class)
                        .hasMessageContaining("wants credentials for ponies");
            }
            assertThat(done).noneMatch(activity -> activity.startsWith("compressing"));
        }
    }

    @Test
    void credentialsThatARegistryRefusesAreNeverShown() throws Exception {
        try (LocalRegistry locked = LocalRegistry.locked(Files.createDirectory(folder.resolve("refusing")))) {
            Map<String, String> stranger = locked.login(folder.resolve("stranger"), "wrong-secret");

            assertThatThrownBy(() -> with(stranger).pull(locked.image("ponies:v1"), Optional.of(unused())))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("refuses your credentials")
                    .hasMessageNotContaining("wrong-secret");
        }
    }

    @Test
    void anUnreadableConfigurationIsExplainedWithoutWhatIsInIt() throws Exception {
        Path config = Files.createDirectory(folder.resolve("damaged"));
        Files.writeString(config.resolve("config.json"), "{\"auths\": my-secret }");

        assertThatThrownBy(() -> with(Map.of("DOCKER_CONFIG", config.toString()))
                        .pull(registry.image("ponies"), Optional.of(unused())))
                .hasMessageContaining("can't read the credentials in " + config)
                .hasMessageNotContaining("my-secret")
                .hasNoCause();
    }

    @Test
    void aTagThatIsMissingIsNamed() {
        anonymous().push(ponies, PushSpec.to(registry.image("there:v1")).withDataOnly());

        assertThatThrownBy(() -> anonymous().pull(registry.image("there:v2"), Optional.of(unused())))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("there is no image localhost:")
                .hasMessageContaining("there:v2");
        assertThatThrownBy(() -> anonymous().pull(registry.image("nowhere:v1"), Optional.of(unused())))
                .hasMessageContaining("nowhere:v1");
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> anonymous().pull("localhost:1/ponies", Optional.of(unused())))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("the registry localhost:1 can't be reached: connection refused");
        assertThatThrownBy(() -> anonymous().pull("registry.invalid/ponies", Optional.of(unused())))
                .hasMessageContaining("there is no host of that name");
    }

    @Test
    void aNameThatCanNotBeAnImagesIsWrongUsage() {
        assertThatThrownBy(() -> anonymous().pull("Stable/PONIES", Optional.of(unused())))
                .isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void withoutABaseThePushSaysWhatToDo() {
        assertThatThrownBy(() -> anonymous().push(ponies, PushSpec.to(registry.image("baseless"))))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("no engine at hand has the image postgres:18 or paddock/postgres:18")
                .extracting(failure -> ((PaddockException) failure).hint().orElse(""))
                .asString()
                .contains("--base", "--data-only");
    }

    @Test
    void dataThatWasDamagedInTheRegistryIsRefusedAndLeavesNothing() throws Exception {
        String image = registry.image("damaged:v1");
        anonymous().push(ponies, PushSpec.to(image).withDataOnly());
        Path largest = registry.blobs().stream()
                .max(java.util.Comparator.comparing(each -> each.toFile().length()))
                .orElseThrow();
        byte[] good = Files.readAllBytes(largest);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        Files.write(largest, bad);
        paddock.snapshots().remove(ponies.id());
        try {
            assertThatThrownBy(() -> anonymous().pull(image, Optional.of("never")))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("isn't what its digest says");
            assertThat(paddock.snapshots().find("never")).isEmpty();
            assertThat(HOME.cacheFolder("transfers")).isEmptyDirectory();
        } finally {
            Files.write(largest, good);
            ponies = anonymous().pull(image, Optional.of(unused()));
        }
    }

    @Test
    void aSnapshotThatNamesAProgramOfThisMachineRunsAnother() throws Exception {
        Path witness = Files.createFile(folder.resolve("witness"));
        Files.setPosixFilePermissions(witness, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String program : List.of("postgres", "initdb")) {
            Path file = bin.resolve(program);
            Files.writeString(file, "#!/bin/sh\necho run >> " + witness + "\necho 'postgres (PostgreSQL) 18.6'\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Manifest facts = ponies.manifest();
        Snapshot hostile = paddock.snapshots()
                .add(new Draft(
                        ponies.data(),
                        Optional.empty(),
                        Account.forPostgres().foreignOwner(),
                        facts.kind(),
                        facts.version(),
                        bin.toString(),
                        facts.platform(),
                        facts.format(),
                        facts.user(),
                        facts.database(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of()));
        PushSpec spec = PushSpec.to(registry.image("hostile:v1")).withDataOnly();
        anonymous().push(hostile, spec);
        paddock.snapshots().remove(hostile.id());

        Snapshot pulled = anonymous().pull(spec.to(), Optional.of(unused()));

        assertThat(pulled.id()).isEqualTo(hostile.id());
        try (PostgresServer server =
                paddock.start(ServerSpec.snapshot(pulled.name().orElseThrow()))) {
            assertThat(ask(server, "SELECT count(*) FROM pony")).isEqualTo("5000");
        } finally {
            remove(pulled);
        }
        assertThat(witness).isEmptyFile();
    }

    @ParameterizedTest
    @CsvSource({
        "dev.paddock.snapshot.bytes, 1000000, holds more than the 1000000 bytes that it is said to hold",
        "dev.paddock.snapshot.bytes, 9000000000000000000, and there is room for",
        "dev.paddock.snapshot, ../../somewhere, is no id of a snapshot"
    })
    void labelsThatLieAreRefusedAndNothingIsLeft(String label, String lie, String refusal) throws Exception {
        String image = registry.image("lying:v1");
        anonymous().push(ponies, PushSpec.to(image).withDataOnly());
        registry.relabel("lying", "v1", label, lie);
        paddock.snapshots().remove(ponies.id());
        try {
            assertThatThrownBy(() -> anonymous().pull(image, Optional.of("never")))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining(refusal);
            assertThat(paddock.snapshots().find("never")).isEmpty();
            assertThat(HOME.cacheFolder("transfers")).isEmptyDirectory();
        } finally {
            anonymous().push(remade(), PushSpec.to(image).withDataOnly());
        }
    }

    private Snapshot remade() throws Exception {
        ponies = ponies();
        return ponies;
    }

    @Test
    void aRegistryThatDiesMeanwhileLeavesTheTagAsItWas() throws Exception {
        LocalRegistry dying = LocalRegistry.open(Files.createDirectory(folder.resolve("dying")));
        PushSpec spec = PushSpec.to(dying.image("ponies:v1")).withDataOnly();
        Progress death = (activity, done, total) -> {
            if (activity.startsWith("pushing")) {
                dying.process().destroyForcibly();
            }
        };

        assertThatThrownBy(() -> new SnapshotRegistry(
                                HOME, paddock.snapshots(), Map.of("DOCKER_CONFIG", "/nowhere"), death)
                        .push(ponies, spec))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("can't be reached");

        assertThat(dying.tagFile("ponies", "v1")).doesNotExist();
        assertThat(HOME.cacheFolder("transfers")).isEmptyDirectory();
    }

    @Test
    void aRegistryWhoseDiskIsFullIsNamedAndHasNoTag() throws Exception {
        Path full = Files.createDirectory(folder.resolve("full"));
        withSmallDisk(full, "2m", () -> {
            try (LocalRegistry registry = LocalRegistry.open(full)) {
                PushSpec spec = PushSpec.to(registry.image("ponies:v1")).withDataOnly();

                assertThatThrownBy(() -> anonymous().push(ponies, spec))
                        .isInstanceOf(PaddockException.class)
                        .hasMessageContaining("can't push the snapshot")
                        .hasMessageContaining("localhost:");

                assertThat(registry.tagFile("ponies", "v1")).doesNotExist();
            }
        });
        assertThat(HOME.cacheFolder("transfers")).isEmptyDirectory();
    }

    @Test
    void aDiskThatIsFullDuringAPushLeavesNothing() throws Exception {
        Path transfers = HOME.cacheFolder("transfers");
        PushSpec spec = PushSpec.to(registry.image("homeless:v1")).withDataOnly();
        withSmallDisk(transfers, "100k", () -> {
            assertThatThrownBy(() -> anonymous().push(ponies, spec))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("No space left on device");
            assertThat(transfers).isEmptyDirectory();
        });
        assertThat(registry.tagFile("homeless", "v1")).doesNotExist();
    }

    private interface Use {
        void run() throws Exception;
    }

    private static void withSmallDisk(Path folder, String size, Use use) throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")), "only root may mount a file system that is too small");
        exec("mount", "-t", "tmpfs", "-o", "size=" + size, "none", folder.toString());
        try {
            use.run();
        } finally {
            exec("umount", "--lazy", folder.toString());
        }
    }

    private static void exec(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }
}
