package dev.paddock.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ResultTableTest {

    @Test
    void peersAreComparedToPaddockAndPaddockToTheFloor() {
        String table = ResultTable.of(List.of(start("paddock", 26), start("zonky", 728), start("floor", 20)));

        assertThat(table.lines().map(String::strip))
                .anySatisfy(line -> assertThat(line).startsWith("paddock").endsWith("1.3× the floor"))
                .anySatisfy(line -> assertThat(line).startsWith("zonky").endsWith("28× paddock"))
                .anySatisfy(line -> assertThat(line).startsWith("floor").endsWith("20.0 ms"));
    }

    @Test
    void figuresAreShownInTheUnitThatPeopleRead() {
        assertThat(Stream.of(
                        Unit.MS.format(24.34),
                        Unit.MS.format(61_540),
                        Unit.BYTES.format(24_576),
                        Unit.BYTES.format(6_200_000),
                        Unit.COUNT.format(532),
                        Unit.PER_S.format(40)))
                .containsExactly("24.3 ms", "61.5 s", "24.6 kB", "6.20 MB", "532", "40.0/s");
    }

    private static Result start(String subject, double median) {
        return new Result("server", "start_to_first_query", subject, Unit.MS, 30, median, median, median, median);
    }
}
