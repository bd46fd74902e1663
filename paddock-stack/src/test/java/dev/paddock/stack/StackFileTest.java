package dev.paddock.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.ByteSize;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.Mount;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.PullPolicy;
import dev.paddock.model.Readiness;
import dev.paddock.model.ResourceLimits.IoRate;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.ServiceData;
import dev.paddock.model.ServicePort;
import dev.paddock.model.ServiceSpec;
import dev.paddock.model.StackSpec;
import dev.paddock.model.Storage;
import dev.paddock.model.Tuning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackFileTest {
    private final Path folder;
    private final Written written;

    StackFileTest(@TempDir Path folder) {
        this.folder = folder;
        this.written = new Written(folder);
    }

    private ServerSpec postgres(String text) {
        return written.read("postgres:\n" + text.indent(2)).stack().postgres();
    }

    private ServiceSpec service(String text) {
        return written.read("services:\n  app:\n    image: app:1\n" + text.indent(4))
                .stack()
                .services()
                .get(0);
    }

    @Test
    void emptyFileIsAServerAsItIsByDefault() {
        assertThat(written.read("").stack().postgres()).isEqualTo(ServerSpec.create());
        assertThat(written.read("# nothing\n").stack().services()).isEmpty();
    }

    @Test
    void keysOfPostgresAreTheOptionsOfTheCommandLine() {
        written.with("schema.sql", "");
        written.with("password", "open sesame\n");

        ServerSpec server = postgres("""
                version: 16.9
                init: schema.sql
                memory: 512MB
                user: ada
                password_file: password
                database: shop
                port: 5433
                settings:
                  work_mem: 64MB
                  max_connections: 50
                durable: true
                locale: icu:de-DE
                encoding: UTF8
                checksums: true
                wal_segment: 16MB
                ttl: 2h
                start_timeout: 90s
                """);

        assertThat(server.postgres()).contains(new PostgresSource.Release(16, OptionalInt.of(9)));
        assertThat(server.init()).containsExactly(folder.resolve("schema.sql"));
        assertThat(server.storage()).isEqualTo(new Storage.InMemory(ByteSize.ofMegabytes(512)));
        assertThat(server.user()).contains("ada");
        assertThat(server.password().orElseThrow().value()).isEqualTo("open sesame");
        assertThat(server.database()).contains("shop");
        assertThat(server.port()).hasValue(5433);
        assertThat(server.settings()).isEqualTo(Map.of("work_mem", "64MB", "max_connections", "50"));
        assertThat(server.tuning()).isEqualTo(Tuning.DURABLE);
        assertThat(server.format().locale()).isEqualTo("icu:de-DE");
        assertThat(server.format().checksums()).isTrue();
        assertThat(server.ttl()).contains(Duration.ofHours(2));
        assertThat(server.startTimeout()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void serviceIsAnImageAndHowItIsRun() {
        ServiceSpec app = service("""
                entrypoint: [tini, --]
                command: [serve, --port, 8080]
                pull: never
                environment: {MODE: test, EMPTY: }
                ports: [8080, "19090:9090"]
                tmpfs: {/tmp: 16MB}
                read_only: true
                run_as: "1000:1000"
                limits: {memory: 256MB, cpus: 1.5}
                shared_memory: 128MB
                start_timeout: 2m
                """);

        assertThat(app.image()).isEqualTo("app:1");
        assertThat(app.entrypoint()).contains(List.of("tini", "--"));
        assertThat(app.command()).contains(List.of("serve", "--port", "8080"));
        assertThat(app.container().pull()).isEqualTo(PullPolicy.NEVER);
        assertThat(app.container().environment()).isEqualTo(Map.of("MODE", "test", "EMPTY", ""));
        assertThat(app.ports())
                .containsExactly(
                        new ServicePort(8080, OptionalInt.empty()), new ServicePort(9090, OptionalInt.of(19090)));
        assertThat(app.container().mounts()).containsExactly(new Mount.Tmpfs("/tmp", ByteSize.ofMegabytes(16)));
        assertThat(app.container().readOnlyRoot()).isTrue();
        assertThat(app.container().user()).contains("1000:1000");
        assertThat(app.container().limits().cpus()).contains(1.5);
        assertThat(app.container().sharedMemory()).contains(ByteSize.ofMegabytes(128));
        assertThat(app.startTimeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void readinessIsOneOfFourThings() {
        assertThat(service("ready: {port: 8080}").ready()).isEqualTo(new Readiness.Listens(8080));
        assertThat(service("ready: {command: [app, check]}").ready())
                .isEqualTo(new Readiness.Succeeds(List.of("app", "check")));
        assertThat(service("ready: {command: app check}").ready())
                .as("a text is for a shell")
                .isEqualTo(new Readiness.Succeeds(List.of("sh", "-c", "app check")));
        assertThat(service("ready: {log: listening on}").ready()).isEqualTo(new Readiness.Says("listening on"));
        assertThat(service("ready: {http: 8080/health}").ready()).isEqualTo(new Readiness.Answers(8080, "/health"));
        assertThat(service("").ready()).isEqualTo(new Readiness.AsImageSays());
    }

    @Test
    void containersHaveFurtherNamesOnTheirNetwork() {
        StackSpec stack = written.read(
                        "postgres: {network: shop, aliases: [db, db.example]}\nservices: {queue: {image: redis, aliases: cache}}")
                .stack();

        assertThat(stack.postgres().container().aliases()).containsExactly("db", "db.example");
        assertThat(stack.services().get(0).container().aliases()).containsExactly("cache");
    }

    @Test
    void snapshotSaysWhereTheDataIsAndHowItIsMade() {
        written.with("dump.sql", "");

        assertThat(service("""
                                snapshot:
                                  data: /var/lib/mysql
                                  files: dump.sql
                                  restore: mariadb < /restore/dump.sql
                                """).data())
                .contains(new ServiceData(
                        "/var/lib/mysql",
                        List.of(folder.resolve("dump.sql")),
                        "/restore",
                        List.of("sh", "-c", "mariadb < /restore/dump.sql"),
                        Duration.ofMinutes(10)));
    }

    @Test
    void volumesAreWrittenAsForDocker() {
        written.with("conf", "");

        assertThat(service("volumes: [\"data:/data\", \"./conf:/etc/app.conf:ro\"]")
                        .container()
                        .mounts())
                .containsExactly(
                        new Mount.Volume("data", "/data", false, Optional.empty(), Map.of(), Map.of()),
                        new Mount.Bind(folder.resolve("conf"), "/etc/app.conf", true, Mount.SeLinuxLabel.NONE));
    }

    @Test
    void volumesHaveDriversAndOptionsAndLabels() {
        String how = "driver: local, options: {type: tmpfs, device: tmpfs, o: size=64m}, labels: {team: orders}";
        Map<String, String> options = Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=64m");
        Map<String, String> labels = Map.of("team", "orders");

        assertThat(service("volumes: [{volume: data, at: /data, read_only: true, " + how + "}, \"more:/more\"]")
                        .container()
                        .mounts())
                .containsExactly(
                        new Mount.Volume("data", "/data", true, Optional.of("local"), options, labels),
                        new Mount.Volume("more", "/more", false, Optional.empty(), Map.of(), Map.of()));
        assertThat(postgres("disk_volume: {volume: orders, " + how + "}").storage())
                .isEqualTo(new Storage.InVolume("orders", Optional.of("local"), options, labels));
        assertThat(postgres("disk_volume: orders").storage()).isEqualTo(Storage.inVolume("orders"));
    }

    @Test
    void ratesAreThoseOfBlockDevices() {
        assertThat(service("limits: {read_rate: {/dev/sda: 10MB, /dev/sdb: 1GB}, write_rate: {/dev/sda: 512kB},"
                                + " read_operations: {/dev/sda: 1000}, write_operations: {/dev/sda: 500}}")
                        .container()
                        .limits()
                        .ioRates())
                .containsExactlyInAnyOrder(
                        new IoRate("/dev/sda", IoRate.Direction.READ, IoRate.Unit.BYTES, 10 << 20),
                        new IoRate("/dev/sdb", IoRate.Direction.READ, IoRate.Unit.BYTES, 1 << 30),
                        new IoRate("/dev/sda", IoRate.Direction.WRITE, IoRate.Unit.BYTES, 512 << 10),
                        new IoRate("/dev/sda", IoRate.Direction.READ, IoRate.Unit.OPERATIONS, 1000),
                        new IoRate("/dev/sda", IoRate.Direction.WRITE, IoRate.Unit.OPERATIONS, 500));
    }

    @Test
    void servicesAreOrderedByWhatTheyDependOn() {
        StackFile file = written.read("""
                services:
                  web: {image: web, depends_on: [api, cache]}
                  api: {image: api, depends_on: [cache]}
                  cache: {image: redis}
                """);

        assertThat(file.stack().inOrder()).extracting(ServiceSpec::name).containsExactly("cache", "api", "web");
    }

    @Test
    void secretsAreFiles() {
        written.with("token", "");

        StackFile file = written.read("""
                secrets:
                  token: {file: token}
                services:
                  app: {image: app, secrets: [token, postgres_password]}
                """);

        assertThat(file.stack().secrets()).isEqualTo(Map.of("token", folder.resolve("token")));
        assertThat(file.stack().services().get(0).secrets()).containsExactlyInAnyOrder("token", "postgres_password");
    }

    @Test
    void variablesAreThoseOfTheEnvironment() {
        String text = "postgres: {database: \"${NAME}-${KIND:-test}\", user: \"$${NAME}\"}";

        ServerSpec server = written.read(text, Map.of("NAME", "shop")).stack().postgres();

        assertThat(server.database()).contains("shop-test");
        assertThat(server.user()).contains("${NAME}");
    }

    @Test
    void unsetVariableIsRefusedWithTheWayToGiveADefault() {
        assertThat(written.refuses("postgres:\n  database: ${NAME}\n", "2:13", "the variable NAME is not set")
                        .hint())
                .contains("set it, or give a default: ${NAME:-…}");
    }

    @Test
    void anchorsAndMergesAreYaml() {
        StackFile file = written.read("""
                x-common: &common
                  pull: never
                  environment: &environment {MODE: test}
                services:
                  one: {<<: *common, image: one}
                  two: {<<: *common, image: two, environment: {<<: *environment, MODE: own}}
                """);

        assertThat(file.stack().services())
                .allSatisfy(each -> assertThat(each.container().pull()).isEqualTo(PullPolicy.NEVER))
                .extracting(each -> each.container().environment().get("MODE"))
                .containsExactly("test", "own");
    }

    @Test
    void versionKeepsItsText() {
        assertThat(postgres("version: 16.10").postgres()).contains(new PostgresSource.Release(16, OptionalInt.of(10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void whatIsNestedTooDeepIsRefusedAtItsPlace(String opening) throws Exception {
        Path file = Files.writeString(folder.resolve("deep.yaml"), opening.repeat(100_000));

        assertThatThrownBy(() -> StackFile.read(file, Map.of()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("deep.yaml:1:")
                .hasMessageContaining("nested deeper than 50 levels");
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> StackFile.read(folder.resolve("none.yaml"), Map.of()))
                .hasMessage("can't read " + folder.resolve("none.yaml") + ": there is no such file");
        assertThatThrownBy(() -> StackFile.read(folder, Map.of())).hasMessageContaining("it is a folder");
    }
}
