package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.home.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several JVMs with one cache, some of which are killed. */
final class SharedCacheTest {
    private static final int KILLS = Often.times(12);

    private Path temp = Path.of("");
    private Path home = Path.of("");
    private Traces traces = new Traces(temp);

    @BeforeEach
    void anEmptyCache() throws IOException {
        temp = Files.createTempDirectory("shared");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = temp.resolve("home");
        traces = new Traces(temp);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(traces.find()).isEmpty();
        Folders.delete(temp);
    }

    private String output() throws IOException {
        return Files.readString(temp.resolve("output"));
    }

    @Test
    void ofFourJvmsThatNeedANewTemplateAtOnceOneBuildsIt() throws Exception {
        Path built = temp.resolve("built");
        List<Process> borrowers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            borrowers.add(Borrower.start(home, temp, "four", built, 5));
        }
        for (Process borrower : borrowers) {
            assertThat(Borrower.await(borrower)).as(output()).isZero();
        }
        assertThat(Files.readString(built)).isEqualTo("built\n");
    }

    @Test
    void aJvmKilledAtAnyInstantLeavesAUsableCacheAndNoServer() throws Exception {
        Path built = temp.resolve("built");
        assertThat(Borrower.await(Borrower.start(home, temp, "warm", built, 1)))
                .as(output())
                .isZero();
        Random random = new Random(20261124);
        for (int round = 0; round < KILLS; round++) {
            // Each second one has a template of its own to build.
            String key = round % 2 == 0 ? "warm" : "new " + round;
            Process victim = Borrower.start(home, temp, key, built, Integer.MAX_VALUE);
            victim.waitFor(200 + random.nextInt(900), TimeUnit.MILLISECONDS);
            Victim.kill(victim.toHandle());
            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(traces.find()).isEmpty());
        }
        assertThat(output()).contains("used").doesNotContain("Exception");
        assertThat(Borrower.await(Borrower.start(home, temp, "new 1", built, 3)))
                .as(output())
                .isZero();
    }
}
