package dev.paddock.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ByteSize;
import dev.paddock.model.DataFormat;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a cache in which folders and files stand for something else than they did. */
final class SnapshotStoreTest {
    private final Path temp;
    private final SnapshotStore store;

    SnapshotStoreTest(@TempDir Path temp) {
        this.temp = temp;
        this.store = new SnapshotStore(PaddockHome.under(temp.resolve("home")), folder -> false);
    }

    @AfterEach
    void allIsOnTheDisk() {
        store.settle();
    }

    /** Of data with one table, in a file. */
    private Draft draft(String row, Kind kind) throws IOException {
        Path data = Files.createDirectories(temp.resolve("data of " + row));
        Files.writeString(data.resolve("PG_VERSION"), "18\n");
        Files.createDirectories(data.resolve("base/5"));
        Files.writeString(data.resolve("base/5/16384"), row);
        return new Draft(
                data,
                Optional.empty(),
                OptionalInt.empty(),
                kind,
                new PostgresVersion(18, 6),
                "somewhere",
                Optional.empty(),
                new DataFormat("C", "UTF8", true, ByteSize.ofMegabytes(1)),
                "postgres",
                "postgres",
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    private Snapshot snapshot(String row) throws IOException {
        Snapshot made = store.add(draft(row, Kind.FROZEN));
        store.settle();
        return store.name(made, row);
    }

    private static void copy(Path from, Path to) throws Exception {
        assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aFileWhoseNameStandsForTwoLinesIsRefused() throws IOException {
        Draft draft = draft("merlin", Kind.FROZEN);
        Files.writeString(draft.data().resolve("base/5/16385\n0000  base"), "");

        assertThatThrownBy(() -> store.add(draft)).hasMessageContaining("has control characters in it");
    }

    @Test
    void aFolderWithAnotherSnapshotsContentIsToldAndNeverUsed() throws Exception {
        Snapshot merlin = snapshot("merlin");
        Snapshot bess = snapshot("bess");
        Folders.delete(merlin.folder());
        for (boolean linked : new boolean[] {false, true}) {
            if (linked) {
                Files.createSymbolicLink(merlin.folder(), bess.folder());
            } else {
                copy(bess.folder(), merlin.folder());
            }

            assertThatThrownBy(() -> store.find("merlin"))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining(
                            linked ? "it is a link to another folder" : "its manifest is that of another snapshot");
            assertThat(store.examine())
                    .singleElement()
                    .extracting(DamagedSnapshot::name)
                    .isEqualTo(Optional.of("merlin"));
            assertThat(store.find("bess")).isPresent();
            Folders.delete(merlin.folder());
        }
    }

    @Test
    void whoeverHasAnothersManifestIsMadeAnewAndTheOtherStays() throws Exception {
        Draft template = draft("template", Kind.TEMPLATE);
        Snapshot made = store.soundByKey("key", () -> added(template));
        Snapshot bess = snapshot("bess");
        Files.copy(
                bess.folder().resolve(Manifest.FILE),
                made.folder().resolve(Manifest.FILE),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        Snapshot again = store.soundByKey("key", () -> added(template));

        assertThat(again.id()).isEqualTo(made.id());
        assertThat(again.data().resolve("base/5/16384")).hasContent("template");
        assertThat(store.find("bess")).isPresent();
    }

    private Snapshot added(Draft draft) {
        return store.add(draft);
    }

    @Test
    void aDamagedSnapshotIsNotReplacedWhileAServerRunsOnIt() throws Exception {
        Draft draft = draft("merlin", Kind.FROZEN);
        Snapshot merlin = snapshot("merlin");
        Files.writeString(merlin.data().resolve("base/5/16384"), "something else");
        SnapshotStore used = new SnapshotStore(PaddockHome.under(temp.resolve("home")), merlin.folder()::equals);

        assertThatThrownBy(() -> used.add(draft))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("a server is running on a clone of it");
        assertThat(merlin.data().resolve("base/5/16384")).exists();
        assertThat(store.add(draft).data().resolve("base/5/16384")).hasContent("merlin");
    }

    @Test
    void aLinkInThePlaceOfTheLastUseKeepsNobodyFromTidyingUp() throws Exception {
        Snapshot template = store.add(draft("template", Kind.TEMPLATE));
        store.settle();
        Path used = template.folder().resolve("used");
        Files.deleteIfExists(used);
        Files.createSymbolicLink(used, used);

        assertThat(store.evict(new Retention(ByteSize.ofMegabytes(1), Duration.ofDays(1))))
                .isEmpty();
    }
}
