package dev.paddock.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnFoldersTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temp;

    /** A mode of a folder, with the sticky bit, which the JDK has no name for. */
    private Path folder(String mode) throws Exception {
        Path folder = Files.createDirectory(temp.resolve(mode));
        assertThat(new ProcessBuilder("chmod", mode, folder.toString()).start().waitFor())
                .isZero();
        return folder;
    }

    @Test
    void whatIsMadeWhereOthersMayRenameItIsNotOnesOwn() throws Exception {
        assertThat(OwnFolders.keepApart(folder("0755"))).isTrue();
        assertThat(OwnFolders.keepApart(folder("1777"))).isTrue();
        assertThat(OwnFolders.keepApart(folder("0777"))).isFalse();
        assertThat(OwnFolders.keepApart(Path.of("/tmp"))).isTrue();
    }
}
