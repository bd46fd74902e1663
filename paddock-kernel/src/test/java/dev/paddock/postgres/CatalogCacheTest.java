package dev.paddock.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.home.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class CatalogCacheTest {
    private static final String FILE = "pg_internal.init";

    private final Path temp;
    private final Path kept;
    private final CatalogCache cache;

    CatalogCacheTest(@TempDir Path temp) {
        this.temp = temp;
        this.kept = temp.resolve("catalog-cache");
        this.cache = new CatalogCache(kept);
    }

    @BeforeEach
    void keepWhatAServerMade() throws IOException {
        Path first = data("first");
        Files.writeString(first.resolve("global").resolve(FILE), "of all");
        Files.writeString(first.resolve("base/5").resolve(FILE), "of one".repeat(1000));
        cache.keep(first);
    }

    private Path data(String name) throws IOException {
        Path data = temp.resolve(name);
        Files.createDirectories(data.resolve("global"));
        Files.createDirectories(data.resolve("base/1"));
        Files.createDirectories(data.resolve("base/5"));
        return data;
    }

    @Test
    void anotherServerHasTheSame() throws IOException {
        Path second = data("second");
        cache.lend(second);
        assertThat(second.resolve("global").resolve(FILE)).hasContent("of all");
        assertThat(second.resolve("base/5").resolve(FILE)).hasContent("of one".repeat(1000));
        assertThat(second.resolve("base/1")).isEmptyDirectory();
    }

    @Test
    void whatTheServerHasMadeItselfIsLeft() throws IOException {
        Path second = data("second");
        Files.writeString(second.resolve("global").resolve(FILE), "its own");
        cache.lend(second);
        assertThat(second.resolve("global").resolve(FILE)).hasContent("its own");
    }

    @Test
    void nothingDamagedIsLentWhicheverBitIsWrong() throws IOException {
        byte[] content = Files.readAllBytes(kept);
        Path second = data("second");
        for (int bit = 0; bit < content.length * 8; bit++) {
            content[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(kept, content);
            cache.lend(second);
            content[bit / 8] ^= (byte) (1 << bit % 8);
        }
        for (int length = 0; length < content.length; length++) {
            Files.write(kept, Arrays.copyOf(content, length));
            cache.lend(second);
        }
        assertThat(second.resolve("global")).isEmptyDirectory();
        assertThat(second.resolve("base/1")).isEmptyDirectory();
        assertThat(second.resolve("base/5")).isEmptyDirectory();
    }

    @Test
    void nobodyWaitsAtAPipeInItsPlace() throws Exception {
        Path second = data("second");
        Path pipe = second.resolve("global").resolve(FILE);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        cache.keep(second);
        Path third = data("third");
        cache.lend(third);
        assertThat(third.resolve("global")).isEmptyDirectory();
    }

    @Test
    @Timeout(30)
    void nobodyWaitsAtAPipeInPlaceOfAFolder() throws Exception {
        Path second = data("second");
        Folders.delete(second.resolve("base"));
        assertThat(new ProcessBuilder("mkfifo", second.resolve("base").toString())
                        .start()
                        .waitFor())
                .isZero();
        cache.lend(second);
        CatalogCache.handOn(second, 1, 5);
        assertThat(second.resolve("global").resolve(FILE)).hasContent("of all");
    }

    @Test
    void thatOfAnotherSnapshotIsNotLent() throws IOException {
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.copy(kept, other.resolve("catalog-cache"));
        Path second = data("second");
        new CatalogCache(other.resolve("catalog-cache")).lend(second);
        assertThat(second.resolve("global")).isEmptyDirectory();
    }

    @Test
    void withoutAnyAServerIsLeftAsItIs() throws IOException {
        Files.delete(kept);
        Path second = data("second");
        cache.lend(second);
        assertThat(second.resolve("global")).isEmptyDirectory();
    }

    @Test
    void aLinkInThePlaceOfADatabaseIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Path second = data("second");
        Files.delete(second.resolve("base/5"));
        Files.createSymbolicLink(second.resolve("base/5"), elsewhere);
        cache.lend(second);
        assertThat(elsewhere).isEmptyDirectory();
    }
}
