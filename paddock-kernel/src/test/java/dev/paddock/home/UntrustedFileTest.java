package dev.paddock.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UntrustedFileTest {
    @TempDir
    private Path temp = Path.of("");

    @Test
    void isReadAsFarAsWanted() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "ready and more");
        assertThat(UntrustedFile.read(file, 5)).isEqualTo("ready");
        assertThat(UntrustedFile.read(file, 100)).isEqualTo("ready and more");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "secret");
        Path link = Files.createSymbolicLink(temp.resolve("link"), file);
        assertThatThrownBy(() -> UntrustedFile.read(link, 100)).isInstanceOf(IOException.class);
    }
}
