package dev.paddock.embedded.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.home.PaddockHome;
import dev.paddock.home.Seals;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases that are fetched from a folder instead of a repository. */
class UnpackingTest {
    private final Path folder;
    private final PaddockHome home;
    private final FakeRelease releases;
    private final Installations installations;

    UnpackingTest(@TempDir Path folder) {
        this.folder = folder;
        this.home = PaddockHome.under(folder.resolve("home"));
        this.releases = new FakeRelease(folder);
        this.installations =
                Installations.in(home, Platform.detect("Linux", "amd64", folder), () -> Optional.of(releases));
    }

    @AfterEach
    void awaitSeals() {
        Sealing.awaitEnd();
    }

    @Test
    void aReleaseIsFetchedOnceAndThenThere() throws IOException {
        releases.publish("16.9.0");

        Installation first = find("16.9");
        Installation second = find("16.9");

        assertThat(first).isEqualTo(second);
        assertThat(first.id()).isEqualTo("16.9-linux-amd64");
        assertThat(first.version()).isEqualTo(new PostgresVersion(16, 9));
        assertThat(releases.asked()).isEqualTo(1);
    }

    @Test
    void programsAndFilesAreForEveryoneAndLinksAreLinks() throws IOException {
        releases.publish("16.9.0");

        Path tree = find("16.9").bin().resolveSibling(".").normalize();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tree.resolve("bin/postgres"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tree.resolve("share/postgresql"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(tree.resolve("share/postgresql/postgres.bki"))))
                .isEqualTo("rw-r--r--");
        assertThat(Files.readSymbolicLink(tree.resolve("lib/libpq.so"))).hasToString("libpq.so.5");
    }

    @Test
    void progressReachesTheEnd() throws IOException {
        releases.publish("16.9.0");
        List<String> heard = new ArrayList<>();

        installations.find(PostgresSource.parse("16.9"), (activity, done, total) -> heard.add(activity));

        assertThat(heard).contains("unpacking PostgreSQL 16.9");
    }

    @Test
    void aTruncatedArchiveIsNamedAndLeavesNothing() throws IOException {
        byte[] whole = FakeRelease.archive(entries -> {});
        for (int length : new int[] {0, 5, whole.length / 2, whole.length - 30, whole.length - 1}) {
            Path jar = releases.publish("16.9.0", Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> find("16.9"))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageStartingWith("can't unpack PostgreSQL 16.9 from " + jar);
            assertThat(inCache()).isEmpty();
        }
    }

    @Test
    void aDamagedArchiveIsNamedAndLeavesNothing() throws IOException {
        byte[] damaged = FakeRelease.archive(entries -> {});
        damaged[damaged.length / 2] ^= 1;
        releases.publish("16.9.0", damaged);

        assertThatThrownBy(() -> find("16.9")).hasMessageContaining("can't unpack PostgreSQL 16.9");
        assertThat(inCache()).isEmpty();
    }

    @Test
    void anArchiveThatLeadsOutOfItsFolderIsRefused() throws IOException {
        List<FakeRelease.Entries> attacks = List.of(
                tar -> FakeRelease.file(tar, "../escaped", 0644, "x"),
                tar -> FakeRelease.file(tar, "bin/../../../escaped", 0644, "x"),
                tar -> FakeRelease.link(tar, "bin/out", "../../../escaped"),
                tar -> FakeRelease.link(tar, "bin/out", "/etc/passwd"));
        for (FakeRelease.Entries attack : attacks) {
            releases.publish("16.9.0", FakeRelease.archive(attack));

            assertThatThrownBy(() -> find("16.9")).isInstanceOf(PaddockException.class);
            assertThat(inCache()).isEmpty();
            assertThat(home.cache().resolve("escaped")).doesNotExist();
        }
    }

    @Test
    void anArchiveWithoutAServerIsRefused() throws IOException {
        releases.publish(
                "16.9.0", FakeRelease.archiveOf(tar -> FakeRelease.file(tar, "bin/initdb", 0755, "#!/bin/sh")));

        assertThatThrownBy(() -> find("16.9")).hasMessageContaining("no postgres inside");
        assertThat(inCache()).isEmpty();
    }

    @Test
    void manyThreadsGetTheSameAndFetchItOnce() throws Exception {
        releases.publish("16.9.0");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Installation>> found = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                // Each with a door of its own, as libraries in one JVM would have.
                found.add(threads.submit(() -> Installations.in(
                                home, Platform.detect("Linux", "amd64", folder), () -> Optional.of(releases))
                        .find(PostgresSource.parse("16.9"), Progress.NONE)));
            }
            for (Future<Installation> each : found) {
                assertThat(each.get().postgres()).isExecutable();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(releases.asked()).isEqualTo(1);
        assertThat(inCache()).containsExactly("16.9-linux-amd64");
    }

    @Test
    void anUnknownMinorIsToldItsNeighbours() {
        assertThatThrownBy(() -> find("16.5"))
                .hasMessage("no binaries of PostgreSQL 16.5: repository 'folder' has no 16.5.1")
                .satisfies(failure -> assertThat(((PaddockException) failure).hint())
                        .hasValue("try 16.4 or 16.6, the nearest known, or 16 for the newest, 16.15"));
    }

    @Test
    void aMajorFallsBackToAnOlderReleaseWhereTheNewestWasNotPackaged() throws IOException {
        releases.publish("14.22.0");

        assertThat(find("14").version()).isEqualTo(new PostgresVersion(14, 22));
        int asked = releases.asked();
        assertThat(find("14").version()).isEqualTo(new PostgresVersion(14, 22));
        assertThat(releases.asked()).isEqualTo(asked);
    }

    @Test
    void aMajorOutOfReachIsServedByAnyOfItsReleasesInTheCache() throws IOException {
        releases.publish("16.2.0");
        find("16.2");

        Installation found = Installations.in(home, Platform.detect("Linux", "amd64", folder), Optional::empty)
                .find(PostgresSource.parse("16"), Progress.NONE);

        assertThat(found.version()).isEqualTo(new PostgresVersion(16, 2));
    }

    @Test
    void withoutAnythingThatFetchesTheMissingDependencyIsNamed() {
        Installations alone = Installations.in(home, Platform.detect("Linux", "amd64", folder), Optional::empty);

        assertThatThrownBy(() -> alone.find(PostgresSource.parse("16.9"), Progress.NONE))
                .hasMessageContaining("nothing can fetch it")
                .satisfies(failure -> assertThat(
                                ((PaddockException) failure).hint().orElse(""))
                        .contains("paddock-fetch"));
    }

    @Test
    void whatAKilledProcessLeftIsSweptAndWhatIsBeingMadeIsNot() throws Exception {
        releases.publish("16.9.0");
        Path parent = home.cacheFolder("installations");
        Path abandoned = Files.createDirectories(parent.resolve("draft-1-1-gone/tree/bin"));
        try (Staging own = Staging.open(parent, new Seals())) {
            find("16.9");

            assertThat(abandoned).doesNotExist();
            assertThat(own.tree()).exists();
        }
    }

    private Installation find(String version) {
        return installations.find(PostgresSource.parse(version), Progress.NONE);
    }

    private List<String> inCache() throws IOException {
        Path cached = home.cache().resolve("installations");
        if (!Files.exists(cached)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(cached)) {
            return children.map(each -> each.getFileName().toString()).toList();
        }
    }
}
