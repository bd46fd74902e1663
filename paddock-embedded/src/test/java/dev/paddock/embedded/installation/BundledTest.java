package dev.paddock.embedded.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real binaries, from the class path and from a real repository. */
class BundledTest {
    private final Path folder;

    BundledTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void awaitSeals() {
        Sealing.awaitEnd();
    }

    @Test
    void theBundledReleaseIsTheNewestKnown() {
        ClasspathBinaries classpath = ClasspathBinaries.ofProcess(Platform.current());

        assertThat(classpath.find())
                .hasValueSatisfying(bundle ->
                        assertThat(bundle.version()).isEqualTo(KnownReleases.newest(KnownReleases.BUNDLED_MAJOR)));
        assertThat(classpath.named()).hasValue(KnownReleases.newest(KnownReleases.BUNDLED_MAJOR));
    }

    @Test
    void theDefaultComesFromTheClassPathAndRuns() throws IOException {
        Installation found = find("18");

        assertThat(ProgramOutput.of(found.postgres(), "--version")).startsWith("postgres (PostgreSQL) 18.");
        assertThat(ProgramOutput.of(found.initdb(), "--version")).startsWith("initdb (PostgreSQL) 18.");
        assertThat(found.tool("psql")).isEmpty();
        assertThat(found.share()).isPresent();
        assertThat(found.lib()).isPresent();
    }

    @Test
    void whatIsThereIsFoundInNoTime() {
        Installations installations = Installations.in(PaddockHome.under(folder));
        PostgresSource source = PostgresSource.parse("18");
        installations.find(source, Progress.NONE);

        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            installations.find(source, Progress.NONE);
        }

        assertThat(Duration.ofNanos((System.nanoTime() - start) / 100)).isLessThan(Duration.ofMillis(1));
    }

    @Test
    void anotherMajorIsFetchedFromTheRealRepositoryAndRuns() throws IOException {
        Installation found = find("16");

        assertThat(found.version()).isEqualTo(new PostgresVersion(16, 15));
        assertThat(ProgramOutput.of(found.postgres(), "--version")).isEqualTo("postgres (PostgreSQL) 16.15");
    }

    @Test
    void twoProcessesAtOnceUnpackOnce() throws Exception {
        Process one = process();
        Process other = process();

        String first = output(one);
        String second = output(other);

        assertThat(one.waitFor() + other.waitFor()).isZero();
        assertThat(first + second).contains("18.6-linux").containsOnlyOnce("begin");
        assertThat(inCache()).singleElement().asString().startsWith("18.6-");
    }

    @Test
    void killedWhileUnpackingLeavesNothingThatIsTakenForWhole() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 5; i++) {
            Process killed = process();
            BufferedReader reader = killed.inputReader(StandardCharsets.UTF_8);
            assertThat(reader.readLine()).isEqualTo("begin");
            TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
            killed.destroyForcibly().waitFor();

            assertThat(inCache()).noneMatch(name -> name.startsWith("18."));
        }
        Installation found = find("18");

        assertThat(ProgramOutput.of(found.postgres(), "--version")).contains("18.");
        assertThat(inCache()).containsExactly(found.id());
    }

    private Installation find(String version) {
        return Installations.in(PaddockHome.under(folder)).find(PostgresSource.parse(version), Progress.NONE);
    }

    private Process process() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FindOnce.class.getName(),
                        folder.toString(),
                        "18")
                .redirectErrorStream(true)
                .start();
    }

    private static String output(Process process) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return String.join("\n", reader.lines().toList());
        }
    }

    private List<String> inCache() throws IOException {
        try (Stream<Path> children = Files.list(folder.resolve("cache/installations"))) {
            return children.map(each -> each.getFileName().toString()).toList();
        }
    }
}
