package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnceReadTest {

    @Test
    void givesUpAPipeThatNobodyWritesToAndLeavesNoThreadBehind(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(OnceRead.is(pipe)).isTrue();
        assertThatThrownBy(() -> OnceRead.open(new Input.Stream(pipe, Optional.empty()), Duration.ofMillis(100))
                        .close())
                .hasMessageContaining("nobody has begun to write");
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().contains(pipe.toString())));
    }

    @Test
    void filesAndFoldersCanBeReadAgain(@TempDir Path folder) throws Exception {
        assertThat(OnceRead.is(folder)).isFalse();
        assertThat(OnceRead.is(Files.createFile(folder.resolve("file")))).isFalse();
        assertThat(OnceRead.is(folder.resolve("absent"))).isFalse();
    }
}
