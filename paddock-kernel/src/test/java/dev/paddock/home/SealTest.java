package dev.paddock.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealTest {
    private static final Seal.Extent ALL = new Seal.Extent(List.of("file"), List.of(), true);

    private final Path folder;

    SealTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aFileThatIsAnotherIsFound() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "as it was");
        Seal.of(folder).close(ALL);
        assertThat(Seal.of(folder).isSound()).isTrue();
        Files.writeString(file, "as it isn't");
        assertThat(Seal.of(folder).isSound()).isFalse();
        assertThat(Seal.of(folder).damage())
                .hasValueSatisfying(reason -> assertThat(reason).contains("file"));
    }

    @Test
    void aSealOfWhichAnyBitIsWrongIsNoneAndBlamesNoFile() throws Exception {
        Files.writeString(folder.resolve("file"), "as it was");
        Seal.of(folder).close(ALL);
        Path seal = folder.resolve("seal");
        byte[] right = Files.readAllBytes(seal);
        for (int bit = 0; bit < right.length * 8; bit++) {
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(seal, wrong);
            assertThat(Seal.of(folder).isClosed()).as("bit " + bit).isFalse();
        }
        Files.write(seal, right);
        assertThat(Seal.of(folder).isSound()).isTrue();
    }
}
