package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
    /** Opens a connection with nothing but bash. */
    private static final String CONNECT = "exec 3<>\"/dev/tcp/$PGHOST/$PGPORT\" && echo connected";

    private final Path folder;
    private final Cli cli;

    RunTest(@TempDir Path folder) {
        this.folder = folder;
        this.cli = Cli.in(folder);
    }

    @Test
    void commandFindsItsServerInTheEnvironment() {
        Cli.Answer answer = cli.run("run", "--user", "ada", "--database", "shop", "--", "env");

        assertThat(answer.code()).isZero();
        assertThat(answer.out().lines())
                .contains("PGHOST=127.0.0.1", "PGUSER=ada", "PGDATABASE=shop", "PGSSLMODE=disable")
                .anyMatch(line -> line.matches("PGPORT=\\d+"))
                .anyMatch(line -> line.matches("PGPASSWORD=[\\w-]{22}"))
                .anyMatch(line ->
                        line.matches("DATABASE_URL=postgresql://ada:[\\w-]{22}@127.0.0.1:\\d+/shop\\?sslmode=disable"))
                .anyMatch(line -> line.matches("JDBC_DATABASE_URL=jdbc:postgresql://127.0.0.1:\\d+/shop"
                        + "\\?user=ada&password=[\\w-]{22}&sslmode=disable"));
    }

    @Test
    void nothingInTheCallersEnvironmentLeadsTheCommandToAnotherServer() throws Exception {
        try (Cli other = Cli.in(folder)) {
            ForeignShell shell = ForeignShell.to(
                    other.run("up", "production", "--database", "production").out());
            shell.variables().forEach(cli::with);

            Cli.Answer answer = cli.run(
                    "run",
                    "--database",
                    "mine",
                    "--",
                    "sh",
                    "-c",
                    ForeignShell.WHERE + "; env | grep -c '" + ForeignShell.MARK + "'");

            assertThat(answer.err()).isEmpty();
            assertThat(answer.out()).isEqualTo("mine t\n0\n");
        }
    }

    @Test
    void commandKeepsVariablesThatLeadNowhere() {
        cli.with("PGTZ", "Asia/Tokyo").with("PGAPPNAME", "shop").with("POSTGRES_URL", "mysql://elsewhere/shop");

        assertThat(cli.run("run", "--", "env").out().lines())
                .contains("PGTZ=Asia/Tokyo", "PGAPPNAME=shop", "POSTGRES_URL=mysql://elsewhere/shop");
    }

    @Test
    void commandHasTheStandardStreamsToItself() {
        Cli.Answer answer = cli.run("run", "--", "sh", "-c", "echo to-out; echo to-err >&2");

        assertThat(answer).isEqualTo(new Cli.Answer(0, "to-out\n", "to-err\n"));
    }

    @Test
    void serverIsThereForTheCommand() {
        assertThat(cli.run("run", "--", "bash", "-c", CONNECT).out()).isEqualTo("connected\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 77, 255})
    void answersWithTheExitCodeOfItsCommand(int code) {
        assertThat(cli.run("run", "--", "sh", "-c", "exit " + code).code()).isEqualTo(code);
    }

    @Test
    void answersAsAShellWhenASignalEndsTheCommand() {
        assertThat(cli.run("run", "--", "sh", "-c", "kill -9 $$").code()).isEqualTo(137);
    }

    @Test
    void commandThatIsNotFoundIs127() {
        Cli.Answer answer = cli.run("run", "--", "no-such-command");

        assertThat(answer.code()).isEqualTo(127);
        assertThat(answer.err()).contains("'no-such-command' is not found").contains("hint:");
    }

    @Test
    void commandThatIsNoProgramIs126() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "hello");

        Cli.Answer answer = cli.run("run", "--", file.toString());

        assertThat(answer.code()).isEqualTo(126);
        assertThat(answer.err()).contains("can't be executed").contains("chmod +x");
    }

    @Test
    void argumentsReachTheCommandUntouched() {
        Cli.Answer answer = cli.run("run", "--", "printf", "[%s]", "", "a b", "--", "$HOME", "ä€", "'\"");

        assertThat(answer.out()).isEqualTo("[][a b][--][$HOME][ä€]['\"]");
    }

    @Test
    void passwordComesFromAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "open sesame\n");

        Cli.Answer answer = cli.run("run", "--password-file", file.toString(), "--", "printenv", "PGPASSWORD");

        assertThat(answer.out()).isEqualTo("open sesame\n");
    }

    @Test
    void initTakesStandardInputAndPipesAndEachPackingOfAFolder() throws Exception {
        Path scripts = Files.createDirectory(folder.resolve("scripts"));
        // "create table a ();" and the same of b, by xz and zstd, which not each machine has.
        Files.write(
                scripts.resolve("2.sql.xz"),
                Base64.getDecoder()
                        .decode(
                                "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQASY3JlYXRlIHRhYmxlIGEgKCk7CgAA2vLCfiLrqF4AASsTnAlI0h+2830BAAAAAARZWg=="));
        Files.write(
                scripts.resolve("3.sql.zst"),
                Base64.getDecoder().decode("KLUv/QRYmQAAY3JlYXRlIHRhYmxlIGIgKCk7CmEGSEo="));
        Files.writeString(scripts.resolve("9.sh"), "touch proof");
        Files.writeString(
                folder.resolve("last.sql"),
                "do $$ begin assert (select count(*) from pony, pg_class where relname in ('a', 'b')) = 2; end $$");
        Cli.Answer answer = cli.run(
                "run",
                "--",
                "bash",
                "-ec",
                "printf 'create table pony (name text)' | gzip > scripts/1.sql.gz\n"
                        + "echo \"insert into pony values ('Ada')\" | "
                        + CliCommandLine.of("run", "--init", "scripts", "-", "--init")
                        + " <(cat last.sql) -- echo reached");

        assertThat(answer.out()).isEqualTo("reached\n");
        assertThat(answer.err()).contains("left out: ").contains("scripts/9.sh");
        assertThat(folder.resolve("proof")).doesNotExist();
    }

    @Test
    void initScriptsRunBeforeTheCommand() throws Exception {
        Path one = Files.writeString(folder.resolve("one.sql"), "CREATE TABLE t (n int);");
        Path two = Files.writeString(folder.resolve("two.sql"), "INSERT INTO t VALUES (42), (43);");

        Cli.Answer answer = cli.run(
                "run",
                "--init",
                one.toString(),
                two.toString(),
                "--",
                Psql.find().toString(),
                "-Atc",
                "SELECT sum(n) FROM t");

        assertThat(answer.out()).isEqualTo("85\n");
    }

    @Test
    void brokenScriptNamesItsLineAndStartsNothing() throws Exception {
        Path script = Files.writeString(folder.resolve("broken.sql"), "SELECT 1;\nSELEC 2;\n");

        Cli.Answer answer = cli.run("run", "--init", script.toString(), "--", "echo", "reached");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("broken.sql").contains("2").contains("syntax error");
    }

    @Test
    void serverThatDiesUnderTheCommandIsExplained() {
        Process job = cli.job("run", "--", "sh", "-c", "echo ready; sleep 2");
        cli.awaitOutput(job, "ready");

        assertThat(job.descendants()
                        .filter(each -> each.info().command().orElse("").endsWith("/postgres"))
                        .findFirst()
                        .orElseThrow()
                        .destroyForcibly())
                .isTrue();

        Cli.Answer answer = cli.finish(job, Duration.ofSeconds(30));
        assertThat(answer.code()).isZero();
        assertThat(answer.err()).contains("the server ended before the command did");
    }
}
