package dev.paddock.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RecorderTest {
    private final Recorder recorder = new Recorder("server");

    @Test
    void percentilesAreValuesThatWereMeasured() {
        IntStream.rangeClosed(1, 200).map(n -> 201 - n).forEach(n -> recorder.add("close", "paddock", Unit.MS, n));

        assertThat(recorder.results())
                .containsExactly(new Result("server", "close", "paddock", Unit.MS, 200, 1, 100, 198, 200));
    }

    @Test
    void aSingleSampleIsItsOwnMedianAndExtreme() {
        recorder.time("start_100", "zonky", Duration.ofMillis(61_500));

        assertThat(recorder.results())
                .containsExactly(
                        new Result("server", "start_100", "zonky", Unit.MS, 1, 61_500, 61_500, 61_500, 61_500));
    }

    @Test
    void warmUpsDoNotCount() {
        recorder.discarding(() -> recorder.add("close", "paddock", Unit.MS, 1000));
        recorder.add("close", "paddock", Unit.MS, 5);

        assertThat(recorder.results())
                .singleElement()
                .satisfies(only -> assertThat(only.max()).isEqualTo(5));
    }

    @Test
    void subjectsKeepTheOrderOfTheirTurns() {
        for (int turn = 0; turn < 3; turn++) {
            recorder.add("close", "paddock", Unit.MS, turn);
            recorder.add("close", "floor", Unit.MS, turn);
        }

        assertThat(recorder.results()).extracting(Result::subject).containsExactly("paddock", "floor");
    }
}
