package dev.paddock.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinksTest {
    private final Path scripts;
    private final Path secret;

    LinksTest(@TempDir Path temp) throws IOException {
        Path real = temp.toRealPath();
        this.scripts = Files.createDirectories(real.resolve("scripts"));
        this.secret = Files.createDirectories(real.resolve("secret"));
    }

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(scripts.resolve("inner"));
        Files.writeString(scripts.resolve("inner/a.sql"), "of the scripts");
        Files.writeString(secret.resolve("a.sql"), "of somebody else");
    }

    private static String read(Path within, Path file) throws IOException {
        try (InputStream in = Links.open(within, file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatIsBelowTheFolderIsOpenedAlsoByALink() throws IOException {
        Files.createSymbolicLink(scripts.resolve("link.sql"), Path.of("inner/a.sql"));
        assertThat(read(scripts, scripts.resolve("inner/a.sql"))).isEqualTo("of the scripts");
        assertThat(read(scripts, scripts.resolve("link.sql"))).isEqualTo("of the scripts");
    }

    @Test
    void aLinkThatLeadsOutIsNotFollowed() throws IOException {
        Files.createSymbolicLink(scripts.resolve("link.sql"), secret.resolve("a.sql"));
        Files.createSymbolicLink(scripts.resolve("folder"), secret);
        for (String file : new String[] {"link.sql", "folder/a.sql"}) {
            assertThatThrownBy(() -> read(scripts, scripts.resolve(file)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("leads out of");
        }
    }

    /** Somebody exchanges the one for the other all the time, as fast as can be. */
    @Test
    void whatIsExchangedMeanwhileIsNeverReadFromElsewhere() throws Exception {
        Path file = scripts.resolve("inner/a.sql");
        Path folder = scripts.resolve("inner");
        Thread exchange = new Thread(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    Path link = Files.createSymbolicLink(scripts.resolve("new"), secret);
                    Files.move(folder, scripts.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
                    Files.move(link, folder, StandardCopyOption.ATOMIC_MOVE);
                    Files.delete(folder);
                    Files.move(scripts.resolve("old"), folder, StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        });
        exchange.start();
        int read = 0;
        for (int i = 0; i < 5000; i++) {
            try {
                assertThat(read(scripts, file)).isEqualTo("of the scripts");
                read++;
            } catch (IOException atTheWrongMoment) {
                // It was away, or a link.
            }
        }
        exchange.interrupt();
        exchange.join();
        assertThat(read).isPositive();
    }
}
