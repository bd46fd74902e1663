package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalTest {
    private static final String COLOUR = "\033[";

    private final Cli cli;

    TerminalTest(@TempDir Path folder) {
        this.cli = Cli.in(folder);
    }

    @Test
    void coloursAppearOnTerminals() {
        Cli.Answer answer = cli.onTerminals("12").run("doctor");

        assertThat(answer.out()).contains(COLOUR);
        assertThat(cli.run("url", "nobody").err()).contains(COLOUR);
    }

    @Test
    void coloursAppearNowhereElse() {
        assertThat(cli.run("doctor").out()).doesNotContain(COLOUR);
        assertThat(cli.onTerminals("2").run("doctor").out()).doesNotContain(COLOUR);
    }

    @Test
    void noColorIsRespected() {
        assertThat(cli.onTerminals("12").with("NO_COLOR", "1").run("doctor").out())
                .doesNotContain(COLOUR);
    }

    @Test
    void nothingOfUnknownOriginControlsTheTerminal() {
        assertThat(cli.run("run", "--", "evil\033]0;title\007\u009b2J").err())
                .contains("evil\\x1b]0;title\\x07\\x9b2J")
                .doesNotContain("\033", "\007", "\u009b");
    }

    @Test
    void logsAreToTheByteForProgramsAndHarmlessForPeople() {
        cli.run(
                "up",
                "talks",
                "-c",
                "log_min_messages=log",
                "-c",
                "application_name=a\033[2Jb",
                "-c",
                "log_line_prefix=\033[2J%m ");
        try {
            assertThat(cli.run("logs", "talks").out()).contains("\033[2J");
            assertThat(cli.onTerminals("1").run("logs", "talks").out())
                    .contains("\\x1b[2J", "\n")
                    .doesNotContain("\033[2J");
        } finally {
            cli.run("down", "--all");
        }
    }

    @Test
    void serverThatNobodyHearsOfIsStoppedAgain() {
        Cli.Answer answer = cli.run("run", "--", "bash", "-c", CliCommandLine.of("up", "unheard") + " > /dev/full");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("standard output can't be written to, so the server was stopped again");
        assertThat(cli.run("ls").out()).doesNotContain("unheard");
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() {
        Cli.Answer answer = cli.run("run", "--", "bash", "-c", CliCommandLine.of("ls", "--json") + " > /dev/full");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("standard output can't be written to");
    }
}
