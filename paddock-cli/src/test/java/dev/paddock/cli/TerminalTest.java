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
    void outputThatCannotBeWrittenIsAFailure() {
        Cli.Answer answer = cli.run("run", "--", "bash", "-c", CliCommandLine.of("ls", "--json") + " > /dev/full");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("standard output can't be written to");
    }
}
