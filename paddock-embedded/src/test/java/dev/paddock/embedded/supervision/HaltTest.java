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
    @Timeout(60)
    void nobodyWaitsForeverForAKeeperThatSomebodyHasStopped() throws Exception {
        Set<Long> before = children();
        Halt halt = Halt.begin(OptionalInt.empty());
        long keeper = children().stream()
                .filter(pid -> !before.contains(pid))
                .findFirst()
                .orElseThrow();
        signal("STOP", keeper);
        assertThatThrownBy(() -> halt.stop(List.of(program.pid())))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("doesn't answer");
        assertThatThrownBy(halt::close)
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("the process " + keeper + " doesn't let a server go on");
        signal("CONT", keeper);
        Awaitility.await().until(() -> ProcessStamp.of(keeper).isEmpty());
        assertThat(ProcessStamp.isStopped(program.pid())).isFalse();
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
