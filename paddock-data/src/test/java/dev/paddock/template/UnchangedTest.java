package dev.paddock.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A template is made of what its key was made of, also in a folder that others can write to. */
final class UnchangedTest {
    private final Path scripts;
    private final Path kept;

    UnchangedTest(@TempDir Path temp) throws IOException {
        this.scripts = Files.createDirectories(temp.resolve("scripts"));
        this.kept = temp.resolve("kept.sql");
        Files.writeString(scripts.resolve("1.sql"), "CREATE TABLE pony ()");
    }

    private void applying(Runnable what) {
        Layer layer = Layer.scripts(List.of(scripts));
        String key = layer.key();
        new Unchanged(List.of(layer), () -> layer.key().equals(key)).whileDoing(what);
    }

    /** When the key is looked at again, all is as it was. */
    private void exchangeForAMoment() {
        try {
            Files.move(scripts.resolve("1.sql"), kept);
            Files.writeString(scripts.resolve("1.sql"), "CREATE TABLE planted ()");
            Files.move(kept, scripts.resolve("1.sql"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void whatOthersExchangeForAMomentIsNoticed() throws IOException {
        Files.setPosixFilePermissions(scripts, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> applying(this::exchangeForAMoment))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("changed while a template was made of it");
        assertThatCode(() -> applying(() -> {})).doesNotThrowAnyException();
    }

    @Test
    void whatIsDoneBesideAFolderThatOthersCanNotWriteToDisturbsNobody() {
        assertThatCode(() -> applying(() -> {
                    try {
                        Files.createFile(scripts.resolve("../beside"));
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                }))
                .doesNotThrowAnyException();
    }

    @Test
    void aLinkOfOnesOwnIsNobodyElses() throws IOException {
        Path link = Files.createSymbolicLink(scripts.resolveSibling("link"), scripts);
        assertThat(Layer.scripts(List.of(link)).changesByOthers()).isEmpty();
    }

    @Test
    void whatIsOtherwiseAfterwardsIsNoticedWhereverItIs() {
        assertThatThrownBy(() -> applying(() -> {
                    try {
                        Files.writeString(scripts.resolve("2.sql"), "CREATE TABLE foal ()");
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                }))
                .hasMessageContaining("changed while a template was made of it");
    }
}
