package dev.paddock.embedded.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
final class HaltTest {
    private Process program;

    @BeforeEach
    void start() throws IOException {
        program = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void end() {
        program.destroyForcibly();
    }

    @Test
    void whatIsStoppedGoesOnWhenItIsClosed() {
        try (Halt halt = Halt.begin(OptionalInt.empty())) {
            halt.stop(List.of(program.pid()));
            Awaitility.await().until(() -> ProcessStamp.isStopped(program.pid()));
        }
        Awaitility.await().until(() -> !ProcessStamp.isStopped(program.pid()));
        assertThat(program.isAlive()).isTrue();
    }

    @Test
    void whatIsStoppedGoesOnWhoeverHasKilledItsKeeper() throws Exception {
        Set<Long> before = children();
        try (Halt halt = Halt.begin(OptionalInt.empty())) {
            halt.stop(List.of(program.pid()));
            Awaitility.await().until(() -> ProcessStamp.isStopped(program.pid()));
            long keeper = newChild(before);
            signal("KILL", keeper);
            Awaitility.await().until(() -> ProcessStamp.of(keeper).isEmpty());
            assertThat(ProcessStamp.isStopped(program.pid())).isTrue();
        }
        assertThat(ProcessStamp.isStopped(program.pid())).isFalse();
        assertThat(program.isAlive()).isTrue();
    }

    @Test
    void whatIsStoppedGoesOnWhenItsKeeperIsKilledBeforeMoreIsToldToStop() throws Exception {
        Set<Long> before = children();
        Halt halt = Halt.begin(OptionalInt.empty());
        halt.stop(List.of(program.pid()));
        long keeper = newChild(before);
        signal("KILL", keeper);
        Awaitility.await().until(() -> ProcessStamp.of(keeper).isEmpty());
        assertThatThrownBy(() -> halt.stop(List.of(program.pid())))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("has ended");
        halt.close();
        assertThat(ProcessStamp.isStopped(program.pid())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP", "QUIT", "TSTP", "PIPE"})
    void noSignalThatATerminalSendsEndsAKeeper(String name) throws Exception {
        Set<Long> before = children();
        try (Halt halt = Halt.begin(OptionalInt.empty())) {
            // By its answer it has come as far as to ignore them.
            halt.stop(List.of());
            long keeper = newChild(before);
            signal(name, keeper);
            halt.stop(List.of(program.pid()));
            Awaitility.await().until(() -> ProcessStamp.isStopped(program.pid()));
            assertThat(ProcessStamp.isStopped(keeper)).isFalse();
        }
        Awaitility.await().until(() -> !ProcessStamp.isStopped(program.pid()));
    }

    @Test
    @Timeout(60)
    void nobodyWaitsForeverForAKeeperThatSomebodyHasStopped() throws Exception {
        Set<Long> before = children();
        Halt halt = Halt.begin(OptionalInt.empty());
        long keeper = newChild(before);
        signal("STOP", keeper);
        assertThatThrownBy(() -> halt.stop(List.of(program.pid())))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("doesn't answer");
        halt.close();
        Awaitility.await().until(() -> ProcessStamp.of(keeper).isEmpty());
        assertThat(ProcessStamp.isStopped(program.pid())).isFalse();
    }

    @Test
    @Timeout(60)
    void whatIsStoppedGoesOnThoughSomebodyHasStoppedItsKeeperToo() throws Exception {
        Set<Long> before = children();
        try (Halt halt = Halt.begin(OptionalInt.empty())) {
            halt.stop(List.of(program.pid()));
            Awaitility.await().until(() -> ProcessStamp.isStopped(program.pid()));
            signal("STOP", newChild(before));
        }
        assertThat(ProcessStamp.isStopped(program.pid())).isFalse();
    }

    private static long newChild(Set<Long> before) {
        return children().stream()
                .filter(pid -> !before.contains(pid))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-s", name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
