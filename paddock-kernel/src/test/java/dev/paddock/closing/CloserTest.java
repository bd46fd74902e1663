package dev.paddock.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloserTest {
    private final List<String> done = new ArrayList<>();
    private final Closer closer = new Closer();

    @Test
    void closesInReverseOrderAndOnlyOnce() {
        closer.add(() -> done.add("engine"));
        closer.add(() -> done.add("server"));

        closer.close();
        closer.close();

        assertThat(done).containsExactly("server", "engine");
        assertThat(closer.isDone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void oneFailureKeepsNoneOfTheOthersFromBeingClosed(int failing) {
        IntStream.range(0, 5)
                .forEach(n -> closer.add(() -> {
                    if (n == failing) {
                        throw new IllegalStateException("step " + n);
                    }
                    done.add("step " + n);
                }));

        assertThatThrownBy(closer::close).hasMessage("step " + failing);

        assertThat(done).hasSize(4).doesNotContain("step " + failing);
    }

    @Test
    void keepsEachFailure() {
        List.of("first", "second", "third")
                .forEach(name -> closer.add(() -> {
                    throw new IllegalStateException(name);
                }));

        assertThatThrownBy(closer::close)
                .hasMessage("third")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("second", "first"));
    }

    @Test
    void triesAgainWhatFailedAndNothingElse() {
        List<String> refusals = new ArrayList<>(List.of("not yet"));
        closer.add(() -> done.add("engine"));
        closer.add(() -> {
            if (!refusals.isEmpty()) {
                throw new IllegalStateException(refusals.remove(0));
            }
            done.add("server");
        });

        assertThatThrownBy(closer::close).hasMessage("not yet");
        assertThat(closer.isDone()).isFalse();
        closer.close();

        assertThat(done).containsExactly("engine", "server");
        assertThat(closer.isDone()).isTrue();
    }

    @Test
    void closesAtOnceWhatComesTooLate() {
        closer.close();

        closer.add(() -> done.add("late"));

        assertThat(done).containsExactly("late");
    }

    @Test
    void isNotStoppedByAnInterruptAndKeepsIt() {
        closer.add(() -> done.add("interrupted: " + Thread.currentThread().isInterrupted()));

        Thread.currentThread().interrupt();
        closer.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).containsExactly("interrupted: false");
    }

    @Test
    void keepsAFailureBesideTheOneThatItFollows() {
        IllegalStateException reason = new IllegalStateException("no start");

        assertThat(Closer.after(reason, () -> {
                    throw new IllegalStateException("no end");
                }))
                .isSameAs(reason)
                .hasSuppressedException(new IllegalStateException("no end"));
    }
}
