package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.cli.child.ForegroundProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
    private final Path folder;
    private final Cli cli;

    CompletionTest(@TempDir Path folder) {
        this.folder = folder;
        this.cli = Cli.in(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "u                                | up url",
                "snapshot i                       | inspect",
                "database d                       | drop",
                "database create x --te           | --template",
                "database create x --template d   | :files",
                "run --s                          | --snapshot --start-timeout --shared-memory",
                "run --checksums --ini            | --init",
                "url --as                         | --as",
                "url x --as j                     | jdbc",
                "url x --role r                   | replica",
                "completion f                     | fish",
                "run --postgres 1                 | 18 17 16 15 14",
                "run --init a                     | :files",
                "run --init a.sql b               | :files",
                "run -- p                         | :program",
                "nonsense x                       | ''",
            })
    void offersWhatFits(String words, String offered) {
        assertThat(complete(words.strip().split(" +"))).isEqualTo(offered);
    }

    @Test
    void offersServersThatRun() {
        try (Cli own = cli) {
            own.run("up", "demo");

            assertThat(complete("url", "")).isEqualTo("demo");
            assertThat(complete("down", "de")).isEqualTo("demo");
            assertThat(complete("down", "x")).isEmpty();
        }
    }

    @Test
    void bashCompletes() throws Exception {
        String script = "eval \"$(paddock completion bash)\"; COMP_WORDS=(paddock url x --as e); COMP_CWORD=4;"
                + " _paddock paddock e --as; echo \"${COMPREPLY[@]}\"";

        assertThat(inShell("bash", "-c", script)).isEqualTo("env\n");
    }

    @Test
    void bashCompletesFiles() throws Exception {
        Files.createFile(folder.resolve("dump of shop.sql"));
        String script = "eval \"$(paddock completion bash)\"; COMP_WORDS=(paddock run --init du); COMP_CWORD=3;"
                + " _paddock paddock du --init; echo \"${COMPREPLY[@]}\"";

        assertThat(inShell("bash", "-c", script)).isEqualTo("dump of shop.sql\n");
    }

    @Test
    void zshCompletes() throws Exception {
        assumeTrue(ForegroundProgram.find("zsh").isPresent(), "zsh is not installed");
        String script = "compadd() { shift; print -l -- ${(P)1} }; compdef() { print defined $1 };"
                + " eval \"$(paddock completion zsh)\"; words=(paddock url x --as e); CURRENT=5; _paddock";

        assertThat(inShell("zsh", "-fc", script)).isEqualTo("defined _paddock\nenv\n");
    }

    @Test
    void fishCompletes() throws Exception {
        assumeTrue(ForegroundProgram.find("fish").isPresent(), "fish is not installed");

        assertThat(inShell("fish", "-Nc", "paddock completion fish | source; complete -C 'paddock url x --as e'"))
                .isEqualTo("env\n");
    }

    private String complete(String... words) {
        List<String> command = new java.util.ArrayList<>(List.of(CompleteCommand.NAME, "--"));
        command.addAll(List.of(words));
        return String.join(
                " ", cli.run(command.toArray(new String[0])).out().lines().toList());
    }

    /** Runs a script in a shell that finds paddock on its path. */
    private String inShell(String... command) throws IOException, InterruptedException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path paddock = Files.writeString(bin.resolve("paddock"), "#!/bin/sh\nexec " + CliCommandLine.of("\"$@\"\n"));
        Files.setPosixFilePermissions(paddock, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
        builder.environment().put("HOME", folder.toString());
        Process shell = builder.start();
        assertThat(shell.waitFor()).isZero();
        return Files.readString(out);
    }
}
