package dev.paddock.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Other things than files in their places. */
@SuppressWarnings("NullAway.Init")
final class WholeFileTest {
    @TempDir
    private Path temp;

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nobodyWaitsForThePipeInAFilesPlace() throws Exception {
        Path pipe = pipe("note");

        assertThatThrownBy(() -> WholeFile.read(pipe)).isInstanceOf(IOException.class);
        assertThat(new CheckedFile(pipe).read()).isEqualTo(Optional.empty());
        assertThat(Seal.of(pipe("folder/seal").resolveSibling(".")).isSound()).isFalse();
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeInTheWayOfALockIsNoLock() throws Exception {
        PaddockHome home = PaddockHome.under(temp.resolve("home"));
        Path lock = home.cacheFolder("locks").resolve("one");
        pipe(lock.toString());

        try (FileLockScope held = FileLockScope.acquire(home, "one", Duration.ofSeconds(1))) {
            assertThat(lock).isRegularFile();
        }
    }

    @Test
    void aFileThatIsFarTooLargeIsNotRead() throws Exception {
        Path large = temp.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }

        assertThatThrownBy(() -> WholeFile.read(large)).isInstanceOf(IOException.class);
    }

    @Test
    void whatTheKilledHaveLeftHalfWrittenGoesWithTheNextWrite() throws Exception {
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        Path left = Files.writeString(temp.resolve(".writing-1"), "password=");
        Path beingWritten = Files.writeString(temp.resolve(".writing-2"), "password=");
        Path somebodys = Files.writeString(temp.resolve(".writing-a-book"), "Chapter 1");
        Path folder = Files.createDirectory(temp.resolve(".writing-3"));
        for (Path old : List.of(left, somebodys, folder)) {
            Files.setLastModifiedTime(old, longAgo);
        }

        WholeFile.write(temp.resolve("file"), "whole");

        assertThat(temp.resolve("file")).hasContent("whole");
        assertThat(left).doesNotExist();
        assertThat(beingWritten).exists();
        assertThat(somebodys).exists();
        assertThat(folder).exists();
    }

    private Path pipe(String name) throws Exception {
        Path pipe = temp.resolve(name);
        Files.createDirectories(pipe.resolveSibling("."));
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(made.waitFor(5, TimeUnit.SECONDS)).isTrue();
        return pipe;
    }

    @Test
    void aLockMakesNoFileWhereALinkInItsPlaceLeads() throws Exception {
        Path elsewhere = temp.resolve("elsewhere");
        PaddockHome home = PaddockHome.under(temp.resolve("home"));
        Path lock = home.cacheFolder("locks").resolve("one");
        Files.createSymbolicLink(lock, elsewhere);
        try (FileLockScope held = FileLockScope.acquire(home, "one", Duration.ofSeconds(5))) {
            assertThat(lock).isRegularFile();
        }
        assertThat(elsewhere).doesNotExist();
        assertThat(Files.isSymbolicLink(lock)).isFalse();
    }

    @Test
    void whatIsNoTextIsCalledSo() throws Exception {
        Path file = Files.write(temp.resolve("file"), new byte[] {(byte) 0xC3, 0x28});
        assertThatThrownBy(() -> WholeFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("it holds no text");
    }
}
