package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.time.Deadline;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One home that several containers use at once, none of which sees the processes of another. */
class SharedHomeTest {
    private static final String AT_REST = "at rest";

    private final Path folder;
    private final Cli cli;
    private final List<Process> containers = new ArrayList<>();

    SharedHomeTest(@TempDir Path folder) {
        this.folder = folder;
        this.cli = Cli.in(folder);
    }

    @BeforeEach
    void requireNamespaces() throws Exception {
        List<String> trial = new ArrayList<>(namespace());
        trial.add("true");
        assumeTrue(new ProcessBuilder(trial).start().waitFor() == 0, "this machine gives no namespace of processes");
    }

    @AfterEach
    void endAll() {
        containers.forEach(SharedHomeTest::end);
        cli.close();
    }

    @Test
    void aServerOfAnotherContainerIsNeitherBelievedNorForgotten() {
        Process other = container("up", "shop");

        Cli.Answer listed = cli.run("ls");
        assertThat(listed.out()).contains("shop");
        assertThat(listed.err()).contains("whether shop runs can't be told: it was started in another container");
        for (List<String> command : List.of(List.of("down", "shop"), List.of("url", "shop"), List.of("up", "shop"))) {
            Cli.Answer answer = cli.run(command.toArray(new String[0]));
            assertThat(answer.code()).as(command + ": " + answer.err()).isEqualTo(1);
            assertThat(answer.err()).contains("started in another container");
        }

        end(other);
        assertThat(cli.run("ls").err()).contains("shop ended with the container that it ran in");
        assertThat(cli.run("down", "shop").err()).contains("removed shop, which had failed");
        assertThat(cli.run("up", "shop").code()).isZero();
        assertThat(cli.run("down", "shop").err()).contains("stopped shop");
    }

    @Test
    void noTwoServersOfTwoContainersWorkOnOneFolder() {
        String data = folder.resolve("data").toString();
        Process other = container("up", "--disk", data);

        Cli.Answer refused = cli.run("run", "--disk", data, "--", "true");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("a server of another container is running on " + data);

        end(other);
        Cli.Answer resumed = cli.run("run", "--disk", data, "--", "true");
        assertThat(resumed.code()).as(resumed.err()).isZero();
    }

    @Test
    void nobodySweepsUpWhatAnotherContainerUses() throws SQLException {
        cli.with("PADDOCK_STORAGE", "copy");
        Process other = container("up");
        String uri = cli.outputOf(other).lines().findFirst().orElseThrow();

        assertThat(cli.run("run", "--", "true").code()).isZero();

        try (Connection connection = DriverManager.getConnection(jdbc(uri));
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("create table t as select 1")).isFalse();
        }
        // What that container leaves is swept up once it has ended.
        end(other);
        assertThat(cli.run("run", "--", "true").code()).isZero();
    }

    private static String jdbc(String uri) {
        String[] parts = uri.substring("postgresql://".length()).split("[:@/?]");
        return "jdbc:postgresql://" + parts[2] + ":" + parts[3] + "/" + parts[4] + "?user=" + parts[0] + "&password="
                + parts[1];
    }

    /** A command in a container of its own, which lives on after it. */
    private Process container(String... arguments) {
        List<String> prefix = new ArrayList<>(namespace());
        prefix.addAll(List.of("sh", "-c", "\"$@\"; echo " + AT_REST + "; exec sleep 600", "sh"));
        Process process = cli.start(prefix, arguments);
        containers.add(process);
        cli.awaitOutput(process, AT_REST);
        return process;
    }

    private static void end(Process container) {
        container.destroyForcibly();
        assertThat(Deadline.in(Duration.ofSeconds(20)).await(() -> !container.isAlive()))
                .isTrue();
    }

    private static List<String> namespace() {
        List<String> words = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child"));
        if (!"root".equals(System.getProperty("user.name"))) {
            words.addAll(List.of("--user", "--map-current-user"));
        }
        return words;
    }
}
