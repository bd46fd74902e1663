package dev.paddock.benchmark.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateStorageTest {
    private static final String ROOT = "1 0 8:1 / / rw - ext4 /dev/sda rw";
    private static final String OVERLAID_ROOT =
            "1 0 0:30 / / rw - overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w";
    private static final String CLONE =
            "9 1 0:44 / /run/clone/data rw - overlay overlay rw,lowerdir=/snap,upperdir=/run/clone/upper,workdir=/run/clone/work";

    @Test
    void aCloneKeepsToItselfWhatIsInItsUpperDirectory() {
        assertThat(PrivateStorage.upper(List.of(ROOT, CLONE), Path.of("/run/clone/data")))
                .contains("/run/clone/upper");
    }

    @Test
    void aPlainDirectoryIsPrivateAsAWhole() {
        assertThat(PrivateStorage.upper(List.of(ROOT, CLONE), Path.of("/tmp/embedded-pg/data")))
                .isEmpty();
    }

    @Test
    void theRootOfAContainerIsNotTheServersOwn() {
        assertThat(PrivateStorage.upper(List.of(OVERLAID_ROOT), Path.of("/tmp/embedded-pg/data")))
                .isEmpty();
    }

    @Test
    void holesInFilesTakeNoStorage(@TempDir Path folder) throws IOException {
        try (var file = new java.io.RandomAccessFile(folder.resolve("hole").toFile(), "rw")) {
            file.setLength(100_000_000);
        }
        Files.write(folder.resolve("data"), new byte[500_000]);

        assertThat(PrivateStorage.sizes(List.of(folder)))
                .singleElement()
                .satisfies(bytes -> assertThat(bytes).isBetween(500_000L, 600_000L));
    }
}
