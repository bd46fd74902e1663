package dev.paddock.cli.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForegroundProgramTest {
    private static final int TIMES = 30;

    @Test
    void programThatEndsOfCtrlCAtOnceStillGivesTheExitCode() throws Exception {
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            codes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Interrupted.class.getName())
                    .inheritIO()
                    .start()
                    .waitFor());
        }
        assertThat(codes).containsOnly(Interrupted.CODE);
    }
}
