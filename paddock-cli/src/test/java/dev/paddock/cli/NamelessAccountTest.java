package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user whom the system knows by number alone, as in a container that was started with {@code --user 1234}. */
class NamelessAccountTest {
    private static final int NUMBER = 1234;

    private final Path folder;

    NamelessAccountTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void makeHome() throws IOException {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "only root can be another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setAttribute(Files.createDirectory(folder.resolve("home")), "unix:uid", NUMBER);
        assumeTrue(
                answer("HOME=/", "test -r '" + Path.of("pom.xml").toAbsolutePath() + "' && echo yes")
                        .startsWith("yes"),
                "this checkout is where other users can't read it");
    }

    @Test
    void getsAServer() throws IOException {
        String servers = CliCommandLine.of("run", "--", "sh", "-c", "'id -u; echo port $PGPORT'");

        assertThat(answer("HOME=" + folder.resolve("home"), servers)).contains(NUMBER + "\nport ");
    }

    @Test
    void isToldToNameAHomeWhereThereIsNone() throws IOException {
        assertThat(answer("PADDOCK_HOME=", CliCommandLine.of("ls")))
                .contains("HOME is not set")
                .contains("set HOME, or PADDOCK_HOME")
                .doesNotContain("Exception");
    }

    private static String answer(String variable, String command) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("setpriv", "--reuid=" + NUMBER, "--regid=" + NUMBER, "--clear-groups", "env", "-i", variable));
        words.addAll(List.of("PATH=" + System.getenv("PATH"), "LANG=C.UTF-8", "sh", "-c", command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return said;
    }
}
