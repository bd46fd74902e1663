package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Capability;
import dev.paddock.PostgresServer;
import dev.paddock.docker.container.ContainerLog;
import dev.paddock.model.ByteSize;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.LogDriver;
import dev.paddock.model.Mount;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.RestartPolicy;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server's container may do, what it sees, and what others see of it. */
final class HardeningTest extends OnDocker {
    private static final String NO_CAPABILITY = "0000000000000000";

    @Test
    void aServerIsNotRootAndHasNoCapabilityAndCanGainNone() {
        try (PostgresServer server = paddock.start(spec())) {
            assertThat(inside(server, "id -u")).isNotEqualTo("0");
            String status = inside(server, "cat /proc/1/status");
            assertThat(status)
                    .containsPattern("NoNewPrivs:\\s+1")
                    .containsPattern("CapEff:\\s+" + NO_CAPABILITY)
                    .containsPattern("CapBnd:\\s+" + NO_CAPABILITY);
            assertThat(Objects.requireNonNull(inspect(server).getHostConfig()).getPrivileged())
                    .isFalse();
        }
    }

    @Test
    void aServerMayNotHaveProcessesWithoutEnd() {
        try (PostgresServer server = paddock.start(spec());
                PostgresServer wide = paddock.start(spec(container -> container.withLimits(new ResourceLimits(
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        List.of(),
                        OptionalLong.of(9000)))))) {
            assertThat(Objects.requireNonNull(inspect(server).getHostConfig()).getPidsLimit())
                    .isEqualTo(ResourceLimits.USUAL_PROCESSES);
            assertThat(inside(server, "cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2> /dev/null || true"))
                    .isEqualTo("4096");
            assertThat(Objects.requireNonNull(inspect(wide).getHostConfig()).getPidsLimit())
                    .isEqualTo(9000);
        }
    }

    @Test
    void aServerThatNobodyWouldReachIsRefused() throws Exception {
        for (String addresses : List.of("localhost", "127.0.0.1", "")) {
            assertThatThrownBy(() -> paddock.start(spec().withSetting("listen_addresses", addresses)))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("nobody would reach the server where it is said to be");
        }
        try (PostgresServer server = paddock.start(spec().withSetting("listen_addresses", "0.0.0.0"))) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void inspectionShowsNoSecret() {
        String password = "a-rather-secret-password";
        try (PostgresServer server = paddock.start(spec().withPassword(password))) {
            assertThat(inspect(server).toString()).doesNotContain(password);
            assertThat(inside(server, "cat /proc/*/environ /proc/*/cmdline 2> /dev/null | tr '\\0' ' '"))
                    .doesNotContain(password);
            assertThat(String.join("\n", server.lastLogLines(1000))).doesNotContain(password);
        }
        try (PostgresServer server = paddock.start(spec())) {
            assertThat(inspect(server).toString())
                    .doesNotContain(server.connection().password().value());
        }
    }

    @Test
    void aPasswordInTheEnvironmentIsRefused() {
        assertThatThrownBy(() -> paddock.start(
                        spec(container -> container.withEnvironment(Map.of("POSTGRES_PASSWORD", "open")))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("would read the password in POSTGRES_PASSWORD");
    }

    @Test
    void aServerIsPublishedOnLoopbackAlone() {
        try (PostgresServer server = paddock.start(spec())) {
            inspect(server).getNetworkSettings().getPorts().getBindings().values().stream()
                    .filter(Objects::nonNull)
                    .flatMap(java.util.Arrays::stream)
                    .forEach(binding -> assertThat(binding.getHostIp()).isEqualTo("127.0.0.1"));
        }
    }

    @Test
    void onlyTheCapabilitiesThatAreAskedForAreKept() {
        try (PostgresServer server =
                paddock.start(spec(container -> container.withCapabilities(Set.of("CAP_NET_RAW"))))) {
            assertThat(Objects.requireNonNull(inspect(server).getHostConfig()).getCapAdd())
                    .containsExactly(Capability.NET_RAW);
            assertThat(inside(server, "cat /proc/1/status")).containsPattern("CapBnd:\\s+0000000000002000");
        }
        assertThatThrownBy(() -> paddock.start(spec(container -> container.withCapabilities(Set.of("EVERYTHING")))))
                .hasMessageContaining("'EVERYTHING' is not a capability");
    }

    @Test
    void withAReadOnlyRootNothingButMountsCanBeWrittenTo() throws Exception {
        try (PostgresServer server = paddock.start(spec(container -> container.withReadOnlyRoot(true)))) {
            assertThat(ask(server, "SELECT count(*) FROM pg_class")).isNotEqualTo("0");
            assertThat(server.storage()).isEqualTo("copy");
            assertThat(inside(server, "touch /var/lib/paddock/x /etc/x /x 2>&1; touch /tmp/x && echo scratch"))
                    .contains("Read-only file system")
                    .endsWith("scratch");
        }
    }

    @Test
    void aReadOnlyRootLeavesDataOnDiskWritable(@TempDir Path temp) throws Exception {
        Files.setPosixFilePermissions(temp, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        try (PostgresServer server = paddock.start(spec(container -> container.withReadOnlyRoot(true))
                .withStorage(new Storage.OnDisk(temp.resolve("disk"))))) {
            ask(server, "CREATE TABLE pony (name text)");
            assertThat(inside(server, "touch /etc/x 2>&1 || true")).contains("Read-only file system");
        }
        assertThat(temp.resolve("disk/data/PG_VERSION")).exists();
    }

    @Test
    void postgresqlRunsAsTheUserThatIsAskedFor() throws Exception {
        for (boolean readOnly : List.of(false, true)) {
            try (PostgresServer server = paddock.start(
                    spec(container -> container.withUser("12345:23456").withReadOnlyRoot(readOnly)))) {
                ask(server, "CREATE TABLE pony (name text)");
                assertThat(inside(server, "id -u; id -g")).isEqualTo("12345\n23456");
            }
        }
        assertThatThrownBy(() -> paddock.start(spec(container -> container.withUser("0"))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("refuses to run as root");
    }

    @Test
    void memoryIsMountedWithItsSizeAndSharedMemoryIsLarge() {
        try (PostgresServer server = paddock.start(spec(
                container -> container.withMounts(List.of(new Mount.Tmpfs("/scratch", ByteSize.ofMegabytes(16))))))) {
            assertThat(inside(server, "df -k /scratch | tail -n 1"))
                    .contains("16384")
                    .contains("tmpfs");
            assertThat(inside(server, "df -k /dev/shm | tail -n 1")).contains("262144");
        }
    }

    @Test
    void sharedMemoryIsAsLargeAsIsAskedFor() throws Exception {
        try (PostgresServer server =
                paddock.start(spec(container -> container.withSharedMemory(ByteSize.ofMegabytes(512))))) {
            assertThat(inside(server, "df -k /dev/shm | tail -n 1")).contains("524288");
            assertThat(ask(server, "SELECT count(*) FROM pg_class")).isNotEqualTo("0");
        }
    }

    @Test
    void aTemplateIsBuiltWithTheSharedMemoryOfItsServers(@TempDir Path temp) throws Exception {
        Path script = Files.writeString(
                temp.resolve("room.sql"),
                "CREATE TABLE room (line text); -- " + newName("room") + "\n"
                        + "COPY room FROM PROGRAM 'df -k /dev/shm | tail -n 1';");
        ServerSpec spec = spec(container -> container.withSharedMemory(ByteSize.ofMegabytes(512)));
        String template = paddock.template(TemplateSpec.of(spec).with(Layer.scripts(List.of(script))))
                .id();
        try (PostgresServer server = paddock.start(ServerSpec.snapshot(template))) {
            assertThat(ask(server, "SELECT line FROM room")).contains(" 524288 ");
        }
        paddock.snapshots().remove(template);
    }

    @Test
    void aFolderOfTheHostIsMountedAsItIsAsked(@TempDir Path temp) throws Exception {
        Files.setPosixFilePermissions(temp, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(temp.resolve("note"), "read me");
        try (PostgresServer server = paddock.start(spec(container -> container.withMounts(List.of(
                new Mount.Bind(temp, "/fixed", true, Mount.SeLinuxLabel.NONE),
                new Mount.Bind(temp, "/open", false, Mount.SeLinuxLabel.SHARED)))))) {
            assertThat(inside(server, "cat /fixed/note")).isEqualTo("read me");
            assertThat(inside(server, "touch /fixed/x 2>&1 || touch /open/x")).contains("Read-only");
            assertThat(temp.resolve("x")).exists();
        }
    }

    @Test
    void aFolderThatIsMissingIsNotMadeButNamed() {
        Path nowhere = Path.of("/nowhere/at/all");
        assertThatThrownBy(() -> paddock.start(spec(container -> container.withMounts(
                        List.of(new Mount.Bind(nowhere, "/seen", true, Mount.SeLinuxLabel.NONE))))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("there is no /nowhere/at/all to be mounted at /seen");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void nothingIsMountedOverWhatIsPaddocksOwn() {
        for (String target : List.of("/run/paddock", "/run", "/var/lib/paddock/data")) {
            assertThatThrownBy(() -> paddock.start(spec(container ->
                            container.withMounts(List.of(new Mount.Tmpfs(target, ByteSize.ofMegabytes(1)))))))
                    .hasMessageContaining("nothing can be mounted at " + target);
        }
    }

    @Test
    void labelsAndTheEnvironmentAreTheUsersToChoose() throws Exception {
        try (PostgresServer server = paddock.start(spec(container ->
                container.withLabels(Map.of("team", "orders")).withEnvironment(Map.of("TZ", "Asia/Tokyo"))))) {
            assertThat(Objects.requireNonNull(inspect(server).getConfig().getLabels()))
                    .containsEntry("team", "orders")
                    .containsKey("dev.paddock");
            assertThat(inside(server, "echo $TZ")).isEqualTo("Asia/Tokyo");
        }
    }

    @Test
    void theLogIsReadableWhateverItsDriverIs() throws Exception {
        try (PostgresServer server =
                paddock.start(spec(container -> container.withLog(new LogDriver("none", Map.of()))))) {
            ask(server, "DO 'BEGIN RAISE LOG ''seen''; END'");
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(String.join("\n", server.lastLogLines(100)))
                            .contains("seen"));
            assertThat(Objects.requireNonNull(inspect(server).getHostConfig())
                            .getLogConfig()
                            .getType()
                            .getType())
                    .isEqualTo("none");
        }
        assertThatThrownBy(() -> paddock.start(spec(container -> container.withLog(new LogDriver("paper", Map.of())))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("'paper' is not a log driver");
    }

    @Test
    void aLogDriverGetsWhatTheServerSays() throws Exception {
        try (PostgresServer server =
                paddock.start(spec(container -> container.withLog(new LogDriver("local", Map.of()))))) {
            ask(server, "DO 'BEGIN RAISE LOG ''seen by the engine''; END'");
            ContainerLog kept = new ContainerLog(docker(), inspect(server).getId());
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(String.join("\n", kept.lines(0, 65536)))
                            .contains("ready to accept connections", "seen by the engine"));
        }
    }

    @Test
    void whatOnlyTheEntrypointWouldReadIsRefused(@TempDir Path scripts) {
        assertThatThrownBy(() ->
                        paddock.start(spec(container -> container.withEnvironment(Map.of("POSTGRES_DB", "shop")))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("POSTGRES_DB is for the image's entrypoint");
        assertThatThrownBy(() -> paddock.start(spec(container -> container.withMounts(List.of(
                        new Mount.Bind(scripts, "/docker-entrypoint-initdb.d", true, Mount.SeLinuxLabel.NONE))))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("are run when the data directory is made");
    }

    @Test
    void aServerThatEndsWithItsOwnerIsNotRestarted() {
        assertThatThrownBy(() -> paddock.start(spec(container -> container.withRestart(RestartPolicy.parse("always")))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("ends with its owner can't be restarted");
    }
}
