package dev.paddock.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Names of files, and what servers say, can hold what would control a terminal. */
final class TerminalTextTest {
    private static final String TITLE = "\033]0;owned\007";
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aNoteBesideProgressControlsNothing() {
        new ProgressLine(new PrintStream(screen, true, StandardCharsets.UTF_8), System::nanoTime)
                .note("left out: " + TITLE);

        assertThat(shown()).isEqualTo("paddock: left out: \\x1b]0;owned\\x07\n");
    }

    @Test
    void aStackTraceControlsNothing() {
        Terminal.of(OutputStream.nullOutputStream(), screen).trace(new IllegalStateException(TITLE));

        assertThat(shown())
                .startsWith("java.lang.IllegalStateException: \\x1b]0;owned\\x07")
                .contains("\n\tat ");
    }
}
