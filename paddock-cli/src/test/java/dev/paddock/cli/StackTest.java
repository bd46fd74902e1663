package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL and services of a {@code paddock.yaml}. */
class StackTest {
    private static final String STACK = """
            name: shop
            postgres:
              image: paddock/postgres:15
              database: shop
              user: shop
              init: schema.sql
            services:
              cache:
                image: paddock/redis:test
                ports: 6379
                ready: {port: 6379}
            """;

    private static final String APP = """
              app:
                image: paddock/postgres:15
                command: [sleep, "600"]
                run_as: "1234"
                depends_on: [cache]
                secrets: [postgres_password]
                shared_memory: 32MB
                volumes:
                  - volume: paddock-test-scratch
                    at: /scratch
                    driver: local
                    options: {type: tmpfs, device: tmpfs, o: size=16m}
                    labels: {team: orders}
            """;

    private final Path folder;
    private final Cli cli;

    StackTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.cli = Cli.in(folder);
        Files.writeString(folder.resolve("schema.sql"), "CREATE TABLE pony AS SELECT 'Merlin' AS name;");
    }

    @AfterEach
    void close() {
        cli.close();
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("paddock.yaml"), yaml);
    }

    private Cli.Answer run(String... command) {
        List<String> all = new ArrayList<>(List.of("run", "--file", "paddock.yaml"));
        all.addAll(List.of(command));
        return cli.run(all.toArray(String[]::new));
    }

    private static DockerConnection engine(String... images) {
        DockerConnection connection = null;
        try {
            connection = DockerConnection.open(System.getenv());
            for (String image : images) {
                connection.client().inspectImageCmd(image).exec();
            }
            return connection;
        } catch (PaddockException | NotFoundException absent) {
            if (connection != null) {
                connection.close();
            }
            assumeTrue(false, "no Docker Engine with the images that this needs: " + absent.getMessage());
            throw absent;
        }
    }

    /** What this test's home has on the engine. */
    private List<String> containers(DockerClient client) {
        return client
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("dev.paddock.home=" + home()))
                .exec()
                .stream()
                .map(each -> each.getNames()[0])
                .toList();
    }

    private List<String> networks(DockerClient client) {
        return client.listNetworksCmd().withFilter("label", List.of("dev.paddock.home=" + home())).exec().stream()
                .map(each -> each.getName())
                .toList();
    }

    private String home() {
        return System.getProperty("user.name", "") + "@" + cli.state().resolve("paddock");
    }

    @Test
    void fileOfPostgresAloneNeedsNoDocker() throws Exception {
        write("postgres: {database: shop, user: ada, init: schema.sql, settings: {work_mem: 9MB}}");

        Cli.Answer answer =
                run("--", Psql.find().toString(), "-Atc", "SELECT name FROM pony; SHOW work_mem; SELECT user");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).isEqualTo("Merlin\n9MB\nada\n");
    }

    @Test
    void optionsBesideTheFileComeOnTop() throws Exception {
        write("postgres: {database: shop, user: ada, settings: {work_mem: 9MB}}");

        Cli.Answer answer = run(
                "--database",
                "other",
                "-c",
                "work_mem=10MB",
                "--",
                Psql.find().toString(),
                "-Atc",
                "SELECT current_database(), user; SHOW work_mem");

        assertThat(answer.out()).isEqualTo("other|ada\n10MB\n");
    }

    @Test
    void mistakeInTheFileIsWrongUsageAndNamedWithItsPlace() throws Exception {
        write("postgres:\n  databse: shop\n");

        assertThat(run("--", "true")).isEqualTo(new Cli.Answer(2, "", """
                        paddock: paddock.yaml:2:3: there is no key databse in postgres
                        hint: did you mean database?
                        """));
    }

    @Test
    void embeddedEngineRefusesServicesClearly() throws Exception {
        write(STACK.replace("  image: paddock/postgres:15\n", ""));

        Cli.Answer answer = run("--engine", "embedded", "--", "true");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err())
                .contains("the engine embedded runs PostgreSQL alone, and no services beside it")
                .contains("--engine docker");
    }

    @Test
    void commandFindsServicesByVariables() throws Exception {
        try (DockerConnection engine = engine("paddock/postgres:15", "paddock/redis:test")) {
            write(STACK);

            Cli.Answer answer = run(
                    "--",
                    "bash",
                    "-c",
                    "exec 3<>/dev/tcp/$PADDOCK_CACHE_HOST/$PADDOCK_CACHE_PORT && echo PING >&3 && head -c 5 <&3; echo;"
                            + " [ $PADDOCK_CACHE_PORT = $PADDOCK_CACHE_PORT_6379 ] && psql -Atc 'SELECT name FROM pony'");

            assertThat(answer.err()).isEmpty();
            assertThat(answer.out()).isEqualTo("+PONG\nMerlin\n");
            assertThat(networks(engine.client())).isEmpty();
        }
    }

    @Test
    void standingStackEndsAsAWhole() throws Exception {
        try (DockerConnection engine = engine("paddock/postgres:15", "paddock/redis:test")) {
            write(STACK);

            Cli.Answer up = cli.run("up", "--file", "paddock.yaml", "--ttl", "10m");

            assertThat(up.code()).as(up.err()).isZero();
            assertThat(up.out()).startsWith("postgresql://shop:");
            assertThat(up.err())
                    .contains("shop is running")
                    .containsPattern("beside it cache, port 6379 on 127.0.0.1:\\d+");
            assertThat(containers(engine.client())).hasSize(2);
            Cli.Answer listed = cli.run("ls");
            assertThat(listed.out()).contains("shop");
            assertThat(listed.err()).containsPattern("shop: beside it cache, port 6379 on 127.0.0.1:\\d+");
            assertThat(cli.run("ls", "--json").out()).containsPattern("\"services\" : \\[ \\{\\s+\"name\" : \"cache\"");
            assertThat(cli.run("logs", "shop/cache").out()).contains("Ready to accept connections");
            assertThat(cli.run("logs", "shop").out()).contains("database system is ready");
            Cli.Answer unknown = cli.run("logs", "shop/kitchen");
            assertThat(unknown.code()).isEqualTo(1);
            assertThat(unknown.err()).contains("shop has no node or service 'kitchen'", "it has node1, cache");

            assertThat(cli.run("down", "shop").code()).isZero();

            Deadline.in(Duration.ofSeconds(10))
                    .await(() -> containers(engine.client()).isEmpty());
            assertThat(containers(engine.client())).isEmpty();
            assertThat(networks(engine.client())).isEmpty();
        }
    }

    @Test
    void serviceThatDiedKeepsItsPlaceInTheList() throws Exception {
        try (DockerConnection engine = engine("paddock/postgres:15", "paddock/redis:test")) {
            write(STACK);
            assertThat(cli.run("up", "--file", "paddock.yaml").code()).isZero();
            String cache = engine.client()
                    .listContainersCmd()
                    .withLabelFilter(List.of("dev.paddock.home=" + home(), "dev.paddock.service=cache"))
                    .exec()
                    .get(0)
                    .getId();

            engine.client().killContainerCmd(cache).exec();

            assertThat(cli.run("ls", "--json").out().replaceAll("\\s", ""))
                    .contains("\"postgres\":\"15.", "\"state\":\"failed\",\"servers\"")
                    .contains("\"role\":\"primary\",\"state\":\"running\"")
                    .contains("\"name\":\"cache\",\"state\":\"failed\",\"reason\":\"waskilledbysignal9");
            Cli.Answer listed = cli.run("ls");
            assertThat(listed.out()).containsPattern("shop .* failed");
            assertThat(listed.err()).contains("shop: the service cache was killed by signal 9");
            assertThat(cli.run("logs", "shop/cache").out()).contains("Ready to accept connections");
            assertThat(cli.run("down", "shop").code()).isZero();
            assertThat(containers(engine.client())).isEmpty();
        }
    }

    @Test
    void nothingIsLeftWhenPaddockIsKilled() throws Exception {
        try (DockerConnection engine = engine("paddock/postgres:15", "paddock/redis:test")) {
            write(STACK);
            Process job = cli.job("run", "--file", "paddock.yaml", "--", "sh", "-c", "echo ready; sleep 600");
            cli.awaitOutput(job, "ready");
            assertThat(containers(engine.client())).hasSize(2);

            job.destroyForcibly();

            assertThat(Deadline.in(Duration.ofSeconds(5))
                            .await(() -> containers(engine.client()).isEmpty()))
                    .as("containers are gone within seconds")
                    .isTrue();
            cli.run("run", "--file", "paddock.yaml", "--", "true");
            assertThat(networks(engine.client()))
                    .as("the network goes with the next stack")
                    .isEmpty();
        }
    }

    @Test
    void servicesGoWithAStandingServerThatDied() throws Exception {
        try (DockerConnection engine = engine("paddock/postgres:15", "paddock/redis:test")) {
            write(STACK);
            assertThat(cli.run("up", "--file", "paddock.yaml").code()).isZero();
            engine.client()
                    .listContainersCmd()
                    .withLabelFilter(List.of("dev.paddock.home=" + home(), "dev.paddock=server"))
                    .exec()
                    .forEach(server ->
                            engine.client().killContainerCmd(server.getId()).exec());

            run("--", "true");

            Awaitility.await()
                    .untilAsserted(() -> assertThat(engine.client()
                                    .listContainersCmd()
                                    .withShowAll(true)
                                    .withLabelFilter(List.of("dev.paddock.home=" + home(), "dev.paddock=service"))
                                    .exec())
                            .isEmpty());
            assertThat(cli.run("ls").out()).containsPattern("shop .* failed");
            assertThat(cli.run("down", "shop").code()).isZero();
            Awaitility.await().untilAsserted(() -> {
                assertThat(containers(engine.client())).isEmpty();
                assertThat(networks(engine.client())).isEmpty();
            });
        }
    }

    @Test
    void exampleSendsAPonyThroughAllOfIt() throws Exception {
        try (DockerConnection engine = engine("paddock/postgres:15", "paddock/redis:test")) {
            Path example = PaddockCommand.ofCheckout().root().resolve("examples/stack");
            cli.with("POSTGRES_IMAGE", "paddock/postgres:15").with("REDIS_IMAGE", "paddock/redis:test");

            Cli.Answer answer = cli.run(
                    "run",
                    "--file",
                    example.resolve("paddock.yaml").toString(),
                    "--",
                    "bash",
                    example.resolve("test.sh").toString());

            assertThat(answer.out()).as(answer.err()).isEqualTo("arrived: Merlin Morgana\n");
            assertThat(containers(engine.client())).isEmpty();
        }
    }

    private static void writePassword(Path folder) throws IOException {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwx------"));
        Path password = Files.writeString(secrets.resolve("postgres_password"), "open 'sesame'");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void composeGivesTheDataOfTemplatesAndServicesToo() throws Exception {
        String compose = compose();
        Path migrations = Files.createDirectory(folder.resolve("migrations"));
        Files.writeString(migrations.resolve("V1__pony.sql"), "CREATE TABLE pony (name text);");
        Files.writeString(migrations.resolve("V2__first.sql"), "INSERT INTO pony VALUES ('Merlin');");
        Files.writeString(folder.resolve("more.sql"), "INSERT INTO pony VALUES ('Morgana');");
        Files.writeString(folder.resolve("ponies.txt"), "SADD ponies Artie Dora\n");
        try (DockerConnection engine = engine("paddock/postgres:15", "paddock/redis:test")) {
            write("""
                    name: stable
                    postgres:
                      image: paddock/postgres:15
                      database: stable
                      user: shop
                      template: migrations
                      init: more.sql
                    services:
                      cache:
                        image: paddock/redis:test
                        ready: {port: 6379}
                        snapshot:
                          data: /data
                          files: ponies.txt
                          restore: redis-cli < /restore/ponies.txt && redis-cli SAVE
                    """ + APP);
            writePassword(folder);
            Cli.Answer export = cli.run("export", "compose");
            assertThat(export.code()).as(export.err()).isZero();
            assertThat(export.err()).contains("PostgreSQL's data is in the image paddock/stable:");
            String image = export.out().replaceFirst("(?s).*(paddock/stable:\\w+).*", "$1");
            Files.writeString(folder.resolve("docker-compose.yaml"), export.out());
            try {
                assertThat(sh(compose + " up -d")).endsWith("exit 0");
                String names = compose
                        + " exec -T app sh -c 'PGPASSWORD=$(cat /run/secrets/postgres_password) psql -h postgres -U shop"
                        + " -Atc \"SELECT string_agg(name, chr(32)) FROM pony\" stable'";
                assertThat(sh(names)).startsWith("Merlin Morgana\n");
                assertThat(sh(compose + " exec -T cache redis-cli SCARD ponies"))
                        .startsWith("2\n");

                assertThat(sh(compose + " restart -t 3")).endsWith("exit 0");
                String why = " || { " + compose + " ps; " + compose + " logs postgres; }";
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(sh(names + why)).startsWith("Merlin Morgana\n"));
                assertThat(sh(compose + " exec -T cache redis-cli SCARD ponies"))
                        .startsWith("2\n");
            } finally {
                sh(compose + " down -v -t 1");
                engine.client().removeImageCmd(image).exec();
            }
        }
    }

    @Test
    void theImageThatIsNamedForComposeIsMadeOfScriptsToo() throws Exception {
        Files.writeString(folder.resolve("ponies.sql"), "CREATE TABLE pony AS SELECT 'Merlin' AS name;");
        String image = "paddock/test-export:" + ProcessHandle.current().pid();
        try (DockerConnection engine = engine("paddock/postgres:15")) {
            write("postgres: {image: 'paddock/postgres:15', init: ponies.sql}\n");
            Cli.Answer export = cli.run("export", "compose", "--image", "docker-daemon:" + image);
            assertThat(export.code()).as(export.err()).isZero();
            assertThat(export.out()).contains("image: \"" + image + "\"").doesNotContain("ponies.sql");
            engine.client().removeImageCmd(image).exec();
        }
    }

    @Test
    void composeGivesTheSameStackWithoutPaddock() throws Exception {
        String compose = compose();
        try (DockerConnection engine = engine("paddock/postgres:15", "paddock/redis:test")) {
            write(STACK + APP);
            writePassword(folder);
            Cli.Answer export = cli.run("export", "compose");
            assertThat(export.code()).as(export.err()).isZero();
            Files.writeString(folder.resolve("docker-compose.yaml"), export.out());
            try {
                assertThat(sh(compose + " up -d")).endsWith("exit 0");
                assertThat(sh(compose
                                + " exec -T app sh -c 'PGPASSWORD=$(cat /run/secrets/postgres_password) psql -h postgres"
                                + " -U shop -Atc \"SELECT name FROM pony\" shop'"))
                        .startsWith("Merlin\n");
                assertThat(sh(compose + " exec -T app df -k /dev/shm /scratch")).contains(" 32768 ", " 16384 ");
                assertThat(sh(compose + " exec -T cache redis-cli PING")).startsWith("PONG\n");
                assertThat(sh(compose + " ps")).contains("127.0.0.1:").doesNotContain("0.0.0.0:");
            } finally {
                sh(compose + " down -v -t 1");
            }
        }
    }

    private String sh(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command + " 2>&1; echo exit $?")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output.strip();
    }

    /** How Compose is called here. */
    private static String compose() throws Exception {
        for (String command : List.of("docker-compose", "docker compose")) {
            if (new ProcessBuilder("sh", "-c", command + " version > /dev/null 2>&1")
                            .start()
                            .waitFor()
                    == 0) {
                return command;
            }
        }
        assumeTrue(false, "Docker Compose is not installed");
        throw new IllegalStateException();
    }
}
