package dev.paddock.docker.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgramOutputTest {
    @Test
    void ofOneThatTalksWithoutEndTheBeginningIsKept() throws IOException {
        byte[] line = ("word ".repeat(1000) + "\n").getBytes(StandardCharsets.UTF_8);
        try (ProgramOutput output = new ProgramOutput()) {
            output.write("first\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 1000; i++) {
                output.write(line);
                output.write('.');
            }
            assertThat(output.text()).startsWith("first\nword ").hasSize(1 << 20);
        }
    }
}
