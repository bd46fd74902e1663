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

/** Root where something is missing that root has elsewhere, as in containers, and without namespaces. */
class ConfinedTest {
    /** A home that can be written to, and nothing else but a container's small memory. */
    private static final String READ_ONLY = """
            set -e
            mount -t tmpfs -o size=64m none /dev/shm
            mkdir "$1/home"
            mount -t tmpfs -o mode=755 none "$1/home"
            for place in /tmp /var/tmp; do
                mount --rbind $place $place
                mount -o remount,ro,bind $place
            done
            shift
            exec "$@"
            """;

    private static final String[] WITHOUT_CAPABILITIES = {"setpriv", "--bounding-set=-all", "--inh-caps=-all"};

    private final Path folder;

    ConfinedTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void root() throws IOException {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "only root can confine itself");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void getsAServerWhereNothingButItsHomeCanBeWrittenTo() throws Exception {
        assertThat(readOnly("run", "--", "sh", "-c", "'echo port $PGPORT'")).containsPattern("(?m)^port [0-9]+$");
    }

    @Test
    void isToldByDoctorThatAServerWasStartedThere() throws Exception {
        assertThat(readOnly("doctor"))
                .contains("✓ server  PostgreSQL")
                .contains("✓ storage.copy  copies in " + folder + "/home/p/cache")
                .contains("\nexit 0");
    }

    @Test
    void isToldByDoctorThatNoServerCanBeStartedWithoutCapabilities() throws Exception {
        assertThat(answer(List.of(WITHOUT_CAPABILITIES), "doctor"))
                .contains("✗ server  PostgreSQL refuses to run as root")
                .contains("CHOWN")
                .contains("\nexit 1");
    }

    private String readOnly(String... arguments) throws Exception {
        return answer(List.of("unshare", "--mount", "sh", "-c", READ_ONLY, "sh", folder.toString()), arguments);
    }

    private String answer(List<String> confinement, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(confinement);
        words.addAll(List.of("env", "-i", "PATH=" + System.getenv("PATH"), "LC_ALL=C.UTF-8", "PADDOCK_STORAGE=copy"));
        words.addAll(List.of("DOCKER_HOST=unix:///nowhere/docker.sock", "PADDOCK_HOME=" + folder + "/home/p"));
        words.addAll(List.of("sh", "-c", CliCommandLine.of(arguments) + "; code=$?; echo; echo exit $code"));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
