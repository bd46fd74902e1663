package dev.paddock.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultFileTest {
    private static final Result RESULT =
            new Result("cli", "run_true", "paddock", Unit.MS, 15, 210.5, 222.125, 260, 260);

    @Test
    void jsonHasTheFieldsThatAreAgreedOn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results.json");

        ResultFile.write(file, List.of(RESULT));

        assertThat(Files.readString(file)).isEqualToIgnoringWhitespace("""
                        [{"benchmark": "cli", "metric": "run_true", "subject": "paddock", "unit": "ms", "n": 15,
                          "min": 210.5, "p50": 222.125, "p99": 260, "max": 260}]
                        """);
    }

    @Test
    void whatIsWrittenCanBeReadAgain(@TempDir Path folder) {
        Path file = folder.resolve("results.json");
        Result bytes = new Result("server", "pss_per_server", "zonky", Unit.BYTES, 10, 15_000_000, 15.5e6, 16e6, 16e6);

        ResultFile.write(file, List.of(RESULT, bytes));

        assertThat(ResultFile.read(file)).containsExactly(RESULT, bytes);
    }

    @Test
    void aFileOfSomethingElseIsRefusedByName(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "[{\"metric\": 1}]");

        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("other.json")
                .hasMessageContaining("'benchmark' is missing");
    }
}
