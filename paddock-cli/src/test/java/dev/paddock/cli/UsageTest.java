package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private final Path folder;
    private final Cli cli;

    UsageTest(@TempDir Path folder) {
        this.folder = folder;
        this.cli = Cli.in(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "upp                                        | did you mean: paddock up",
                "snapshot lss                               | did you mean: paddock snapshot ls",
                "run --postgre 18 -- true                   | --postgres",
                "snapshot push                              | paddock snapshot push SNAPSHOT REGISTRY",
                "run --engine docker --image= -- true       | the name of the image is empty",
                "run --engine docker --disk-container= -- true | the name of the container is empty",
                "snapshot create x --from-container=        | the name of the container is empty",
                "snapshot create x --from-volume=           | the name of the volume is empty",
                "image build --base=                        | the name of the base is empty",
                "run true                                   | paddock run [options] -- COMMAND",
                "run                                        | there is no command to run",
                "run --                                     | there is no command to run",
                "run --ttl soon -- true                     | 'soon' is not a duration",
                "run --ttl 0s -- true                       | leaves no time",
                "run --ttl -- true                          | --ttl",
                "run --port 99999 -- true                   | 99999 is not a port",
                "run --port many -- true                    | 'many' is not a port",
                "run --port 1 --port 2 -- true              | only once",
                "run --memory lots -- true                  | 'lots' is not a size",
                "run --memory 1MB --disk d -- true          | contradict",
                "run -c work_mem -- true                    | not a setting with its value",
                "run -c 9x=1 -- true                        | not the name of a setting",
                "run --postgres 9 -- true                   | PostgreSQL 9 is not supported",
                "run --postgres latest -- true              | 'latest' is not a PostgreSQL version",
                "run --wal-segment 3MB -- true              | power of two",
                "run --snapshot s --locale C -- true        | can't change a snapshot",
                "run --init nowhere.sql -- true             | there is no nowhere.sql",
                "run --engine abacus -- true                | there is no engine 'abacus'",
                "run --image paddock/postgres:18 -- true    | --engine docker",
                "run --pull daily -- true                   | 'daily' is no time to pull an image",
                "run --limit memry=1GB -- true              | did you mean memory",
                "run --limit processes=many -- true         | 'many' is no whole number",
                "run --limit swap=1GB -- true               | swap is limited but memory isn't",
                "run --limit write_rate=10MB -- true        | --limit write_rate=/dev/sda:10MB",
                "run --limit read_rate=sda:10MB -- true     | 'sda' is no block device",
                "run --limit read_rate=/dev/sda:x -- true   | 'x' is not a size",
                "run --limit read_operations=/dev/sda:x -- true | 'x' is no number of operations",
                "run --limit read_operations=/dev/sda:0 -- true | can't be limited to 0 per second",
                "run --limit write_rate=/dev/sda:1MB -- true | --engine docker",
                "run --shared-memory lots -- true           | 'lots' is not a size",
                "run --shared-memory 1GB -- true            | --engine docker",
                "run --volume data -- true                  | 'data' is not a volume",
                "run --volume ./nowhere:/x -- true          | there is no",
                "run --volume x:/x -- true                  | two or more",
                "run --mount data -- true                   | --mount knows no 'data'",
                "run --mount source=data -- true            | write it as target=/path",
                "run --mount target=/x -- true              | the source is missing",
                "run --mount source=a/b,target=/x -- true   | 'a/b' can't be the name of a volume",
                "run --mount sorce=data,target=/x -- true   | did you mean source?",
                "run --mount src=data,dst=/x,ro=no -- true  | 'ro=no' is neither true nor false",
                "run --mount src=data,dst=/x,volume-opt -- true | write it as volume-opt=VALUE",
                "run --mount type=bind,src=.,dst=/x -- true | --volume ./folder:/path",
                "run --mount src=a\"b,dst=/x -- true        | has a quote where none can be",
                "run --mount src=data,dst=/x -- true        | --engine docker",
                "run --disk-volume source=d,target=/x -- true | --disk-volume knows no 'target'",
                "run --disk-volume volume-driver=x -- true  | the source is missing",
                "run --engine docker --alias db -- true     | --network",
                "run --alias no/name --network n -- true    | can't be a name on a network",
                "run --volume pgdata:/var/lib/postgresql/data -- true | write --disk-volume pgdata",
                "run --volume pgdata:/var/lib/postgresql -- true | write --disk-volume pgdata",
                "run --volume pgdata:/var/lib/postgresql/18/docker -- true | write --disk-volume pgdata",
                "run --volume .:/var/lib/postgresql/data/pg_wal -- true | write --disk /",
                "run --mount src=pgdata,dst=/var -- true    | write --disk-volume pgdata",
                "run --env secret -- true                   | --env NAME=VALUE",
                "run --password-file nowhere -- true        | can't read the password",
                "up a/b                                     | can't be a server's name",
                "up abcdefghijklmnopqrstuvwxyz0123456789abcde | up to 40 letters",
                "up a b                                     | 'b' is more than this command takes",
                "url a b                                    | 'b' is more than this command takes",
                "psql a b                                   | 'b' is more than this command takes",
                "logs a b                                   | 'b' is more than this command takes",
                "snapshot create a b                        | 'b' is more than this command takes",
                "snapshot inspect a b                       | 'b' is more than this command takes",
                "snapshot push a b c                        | 'c' is more than this command takes",
                "database create a b                        | 'b' is more than this command takes",
                "ls a                                       | 'a' is more than this command takes",
                "up -- true                                 | takes nothing after --",
                "down a -- b                                | takes nothing after --",
                "database ls -- b                           | takes nothing after --",
                "run --memory 10 -- true                    | more memory for its data than 10B",
                "run --memory 7MB -- true                   | 8MB or more",
                "down                                       | name the servers to stop",
                "down x --all                               | name the servers to stop",
                "url                                        | paddock url NAME",
                "completion tcsh                            | choose bash, zsh or fish",
                "snapshot                                   | paddock help snapshot",
                "snapshot create s --from a --user b        | contradict",
                "run --template nowhere -- true             | there is no nowhere",
                "database                                   | paddock help database",
                "database creat x                           | did you mean: paddock database create",
                "database create                            | paddock database create NAME",
                "database create x                          | no server is running",
                "database create paddock_template_x         | Paddock's own",
                "database create x --as yaml                | 'yaml' is not a form",
                "database create x --template nowhere       | there is no nowhere",
                "image                                      | paddock help image",
                "image bild                                 | did you mean: paddock image build",
                "image build --postgres latest              | 'latest' is not a PostgreSQL version",
                "image build --postgres 15.3                | the newest minor release",
                "image build --with a/b                     | can't be the name of an extension",
                "image build --base a --mirror b            | the base a is given",
                "help me                                    | there is no command 'me'",
            })
    void wrongUsageIsExplainedWithCodeTwo(String arguments, String explanation) {
        Cli.Answer answer = cli.run(arguments.strip().split(" +"));

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .startsWith("paddock: ")
                .contains(explanation)
                .contains("\nhint: ")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "run --snapshot nowhere -- true             | there is no snapshot 'nowhere'",
                "run -c no_such_setting=1 -- true           | no setting no_such_setting",
                "run -c wrk_mem=4MB -- true                 | did you mean the setting work_mem?",
                "run -c work_mem=plenty -- true             | work_mem",
                "url nobody                                 | no server 'nobody' is running",
                "database create x --on nobody              | no server 'nobody' is running",
                "database drop x --on nobody                | no server 'nobody' is running",
                "database ls --on nobody                    | no server 'nobody' is running",
                "logs nobody                                | no server 'nobody' is running",
                "snapshot rm nowhere                        | there is no snapshot 'nowhere'",
                "run --postgres /nowhere/bin -- true        | /nowhere/bin",
            })
    void failureIsExplainedWithCodeOne(String arguments, String explanation) {
        Cli.Answer answer = cli.run(arguments.strip().split(" +"));

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).startsWith("paddock: ").contains(explanation).doesNotContain("\tat ");
    }

    @Test
    void debugShowsWhereAFailureComesFrom() {
        assertThat(cli.run("url", "nobody", "--debug").err()).contains("\tat dev.paddock");
        assertThat(cli.run("--debug", "url", "nobody").err()).contains("\tat dev.paddock");
    }

    @Test
    void versionIsPrinted() {
        assertThat(cli.run("--version").out()).matches("paddock \\S+\n");
    }

    @Test
    void helpNamesEachCommand() {
        Cli.Answer help = cli.run("help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains(Commands.TOP);
        assertThat(cli.run("--help").out()).isEqualTo(help.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "up",
                "down",
                "ls",
                "url",
                "psql",
                "logs",
                "doctor",
                "completion",
                "snapshot create",
                "image build",
                "database create",
                "database drop",
                "database ls"
            })
    void eachCommandHasHelp(String command) {
        Cli.Answer help = cli.run((command + " --help").split(" "));

        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: paddock " + command).contains("--help");
        assertThat(cli.run(("help " + command).split(" ")).out()).isEqualTo(help.out());
    }

    @Test
    void passwordIsNeverAnArgument() {
        assertThat(cli.run("run", "--help").out()).doesNotContain("--password=").contains("--password-file=");
    }

    @Test
    void doctorTellsWhatThisMachineCanDo() {
        Cli.Answer answer = cli.run("doctor");

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("java", "cache", "storage.overlay", "storage.copy");
        assertThat(cli.run("doctor", "--json").out()).contains("\"capability\" : \"storage.copy\"");
    }

    @Test
    void homeThatIsNoFolderIsExplained() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        Cli.Answer answer =
                cli.with("PADDOCK_HOME", file.resolve("home").toString()).run("run", "--", "true");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains(file.toString()).contains("PADDOCK_HOME");
    }
}
