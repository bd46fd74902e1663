package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingServersTest {
    private final Path folder;
    private final Cli cli;

    StandingServersTest(@TempDir Path folder) {
        this.folder = folder;
        this.cli = Cli.in(folder);
    }

    @AfterEach
    void stopAll() {
        cli.close();
    }

    @Test
    void upPrintsTheUriAloneAndSaysHowToStop() {
        Cli.Answer answer = cli.run("up", "demo");

        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .matches("postgresql://postgres:[\\w-]{22}@127.0.0.1:\\d+/postgres\\?sslmode=disable\n");
        assertThat(answer.err()).contains("demo is running").contains("paddock down demo");
        assertThat(cli.run("url", "demo").out()).isEqualTo(answer.out());
        assertThat(sql("demo", "SELECT 42")).isEqualTo("42\n");
    }

    @Test
    void listsWhatRuns() {
        cli.run("up", "demo", "--ttl", "2h");

        assertThat(cli.run("ls").out()).contains("NAME").contains("demo").contains("1h 59m");
        assertThat(cli.run("ls", "--json").out().replaceAll("\\s", ""))
                .matches(
                        "\\[\\{\"name\":\"demo\",\"engine\":\"embedded\",\"postgres\":\"18\\.\\d+\",\"state\":\"running\","
                                + "\"servers\":\\[\\{\"name\":\"node1\",\"role\":\"primary\",\"state\":\"running\","
                                + "\"host\":\"127.0.0.1\",\"port\":\\d+,\"timeline\":1,\"lag_bytes\":0,"
                                + "\"storage\":\"\\w+\",\"pid_or_container\":\"\\d+\"\\}\\]\\}\\]");
    }

    @Test
    void emptyListIsSaidToPeopleAndEmptyToPrograms() {
        Cli.Answer forPeople = cli.run("ls");

        assertThat(forPeople.out()).isEmpty();
        assertThat(forPeople.err()).contains("no server is running");
        assertThat(cli.run("ls", "--json").out().replaceAll("\\s", "")).isEqualTo("[]");
    }

    @Test
    void oneDamagedRecordKeepsNobodyFromTheOthers() throws Exception {
        cli.run("up", "demo");
        Path damaged = Files.writeString(cli.state().resolve("paddock/servers/pg1.server"), "");

        Cli.Answer listed = cli.run("ls");
        Cli.Answer another = cli.run("up");
        Cli.Answer stopped = cli.run("down", "--all");

        assertThat(listed.code()).isZero();
        assertThat(listed.out()).contains("demo");
        assertThat(listed.err()).contains("the record of the server 'pg1' is damaged", damaged.toString());
        assertThat(cli.run("ls", "--json").out())
                .contains("\"name\" : \"pg1\"", "\"engine\" : null", "the record of the server 'pg1' is damaged");
        assertThat(another.err()).contains("pg2 is running");
        assertThat(stopped.code()).isEqualTo(1);
        assertThat(stopped.err()).contains("stopped demo", "stopped pg2", "'pg1' is damaged");
        assertThat(damaged).exists();
        Files.delete(damaged);
        assertThat(cli.run("ls").err()).contains("no server is running");
    }

    @Test
    void namesThemselvesWhereNoNameIsGiven() {
        cli.run("up");
        cli.run("up");

        assertThat(cli.run("ls").out()).contains("pg1").contains("pg2");
        assertThat(cli.run("down", "pg1", "pg2").err()).contains("stopped pg1").contains("stopped pg2");
        assertThat(cli.run("ls").out()).isEmpty();
    }

    @Test
    void nameIsGivenOnce() {
        cli.run("up", "demo");

        Cli.Answer second = cli.run("up", "demo");

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.out()).isEmpty();
        assertThat(second.err()).contains("'demo' is running already").contains("hint:");
    }

    @Test
    void stopsAllThatItCan() {
        cli.run("up", "demo");

        Cli.Answer answer = cli.run("down", "nobody", "demo");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("no server 'nobody'").contains("stopped demo");
        assertThat(cli.run("down", "--all").code()).isZero();
    }

    @Test
    void urlTakesTheFormThatIsAskedFor() {
        cli.run("up", "demo", "--user", "o'hara");

        assertThat(cli.run("url", "demo/node1", "--as", "jdbc").out()).startsWith("jdbc:postgresql://127.0.0.1:");
        assertThat(cli.run("url", "demo/primary", "--as", "psql").out())
                .startsWith("env -u PGHOSTADDR -u PGSERVICE ")
                .contains(" psql 'postgresql://o%27hara:");
        assertThat(cli.run("url", "demo", "--as", "env", "--role", "any").out())
                .contains("export PGHOST='127.0.0.1'\n")
                .contains("export PGUSER='o'\\''hara'\n");
        assertThat(cli.run("url", "demo", "--role", "replica").err()).contains("demo has no replica");
        assertThat(cli.run("url", "demo/node2").err()).contains("no node 'node2'");
    }

    @Test
    void whateverTheShellHasItsWayLeadsToTheServerThatIsAskedFor() throws Exception {
        ForeignShell shell = ForeignShell.to(
                cli.run("up", "production", "--database", "production").out());
        cli.run("up", "demo", "--database", "mine");
        shell.variables().forEach(cli::with);
        String where = ForeignShell.WHERE.substring("psql".length());

        assertThat(cli.run("psql", "demo", "--", "-XAtc", "SELECT current_database()"))
                .isEqualTo(new Cli.Answer(0, "mine\n", ""));
        String lines = cli.run("url", "demo", "--as", "env").out();
        assertThat(shell.run(lines + ForeignShell.WHERE + "; env | grep -c '" + ForeignShell.MARK + "'"))
                .isEqualTo("mine t\n0\n");
        String command = cli.run("url", "demo", "--as", "psql").out().strip();
        String port = command.replaceAll(".*:(\\d+)/.*", "$1");
        assertThat(shell.run("PGPORT=" + port + "; " + command + where)).isEqualTo("mine t\n");
    }

    @Test
    void psqlAnswersWithItsOwnExitCode() {
        cli.run("up", "demo");

        assertThat(cli.run("psql", "demo", "--", "-v", "ON_ERROR_STOP=1", "-c", "SELECT 1/0")
                        .code())
                .isEqualTo(1);
        assertThat(cli.run("psql", "demo", "--", "--no-such-option").code()).isEqualTo(1);
    }

    @Test
    void logsShowWhatTheServerSaid() {
        cli.run("up", "demo");
        sql("demo", "DO $$ BEGIN RAISE LOG 'hello from inside'; END $$");

        assertThat(cli.run("logs", "demo").out()).contains("hello from inside");
    }

    @Test
    void followedLogEndsWithItsServer() {
        cli.run("up", "demo");
        Process follower = cli.job("logs", "demo", "-f");
        sql("demo", "DO $$ BEGIN RAISE LOG 'first'; END $$");
        cli.awaitOutput(follower, "first");

        cli.run("down", "demo");

        assertThat(cli.finish(follower, java.time.Duration.ofSeconds(10)).code())
                .isZero();
    }

    @Test
    void followedLogEndsWhenNobodyReadsIt() {
        cli.run("up", "demo");
        List<String> toHead = List.of("bash", "-c", "\"$@\" | head -n 1", "bash");
        Process followers = cli.start(toHead, "logs", "demo", "-f");
        cli.awaitOutput(followers, "\n");

        sql("demo", "DO $$ BEGIN RAISE LOG 'one more'; END $$");

        assertThat(cli.finish(followers, java.time.Duration.ofSeconds(20)).out().lines())
                .hasSize(1);
    }

    @Test
    void serverThatWasKilledIsListedAsFailedUntilItIsRemoved() {
        cli.run("up", "demo");
        kill(postmaster());

        Cli.Answer listed = cli.run("ls");
        assertThat(listed.out()).containsPattern("demo .* failed");
        assertThat(listed.err()).contains("demo was killed by signal 9").contains("paddock logs demo");
        assertThat(cli.run("ls", "--json").out().replaceAll("\\s", ""))
                .contains("\"state\":\"failed\",\"reason\":\"waskilledbysignal9")
                .containsPattern("\"ended\":\"20\\d\\d-");
        assertThat(cli.run("logs", "demo").out()).contains("ready to accept connections");
        for (String command : List.of("url", "psql")) {
            Cli.Answer refused = cli.run(command, "demo");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err())
                    .contains("the server 'demo' was killed by signal 9")
                    .contains("paddock up demo");
        }
        assertThat(cli.run("down", "demo").err()).contains("removed demo, which had failed");
        assertThat(cli.run("ls").out()).isEmpty();
    }

    @Test
    void nameOfAServerThatFailedCanBeHadAgain() {
        cli.run("up", "demo");
        kill(postmaster());

        Cli.Answer again = cli.run("up", "demo");

        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("replacing demo, which was killed by signal 9");
        assertThat(sql("demo", "SELECT 42")).isEqualTo("42\n");
    }

    private String postmaster() {
        Matcher identity = Pattern.compile("\"pid_or_container\" : \"(\\d+)\"")
                .matcher(cli.run("ls", "--json").out());
        assertThat(identity.find()).isTrue();
        return identity.group(1);
    }

    private static void kill(String pid) {
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    }

    @Test
    void dataOnDiskSurvivesAndKeepsItsUrl() {
        String disk = folder.resolve("data").toString();
        String url = cli.run("up", "kept", "--disk", disk).out();
        sql("kept", "CREATE TABLE t AS SELECT 42 AS n");
        cli.run("down", "kept");

        assertThat(cli.run("up", "kept", "--disk", disk).out()).isEqualTo(url);
        assertThat(sql("kept", "SELECT n FROM t")).isEqualTo("42\n");
    }

    private String sql(String server, String statement) {
        return cli.run("psql", server, "--", "-XAtqc", statement).out();
    }
}
