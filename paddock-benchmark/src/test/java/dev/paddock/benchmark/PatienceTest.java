package dev.paddock.benchmark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.PaddockException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class PatienceTest {

    @Test
    void aStepThatHangsIsToldOfWithThePlaceItHangsIn() {
        CountDownLatch never = new CountDownLatch(1);

        assertThatThrownBy(() -> new Patience(Duration.ofMillis(200)).with(() -> waitFor(never)))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("PatienceTest.waitFor");
    }

    @Test
    void aStepThatFailsFailsAsItself() {
        IllegalStateException failure = new IllegalStateException("no");

        assertThatThrownBy(() -> new Patience(Duration.ofSeconds(10)).with(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
