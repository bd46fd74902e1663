package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root in a container of a CI system, with a home that the system's runner has put into it. */
class ContainerHomeTest {
    /** The machine's own files with a container's mark on top, and what is written gone with it. */
    private static final String IN_CONTAINER = """
            set -e
            mount -t tmpfs none "$1"
            mkdir "$1/upper" "$1/work" "$1/root"
            mount -t overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" none "$1/root"
            rm -f "$1/root/.dockerenv" "$1/root/run/.containerenv"
            [ "$2" = bare ] || : > "$1/root/.dockerenv"
            mkdir -p "$1/root/github/home"
            chown 44711 "$1/root/github/home"
            mount --rbind /proc "$1/root/proc"
            mount --rbind /dev "$1/root/dev"
            shift 2
            exec chroot "$ROOT" env -i PATH="$PATH" HOME=/github/home sh -c "$1; ls -d /github/home/.cache/paddock"
            """;

    private final Path folder;

    ContainerHomeTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void isUsedWhereItsOwnerHasNoAccount() throws Exception {
        assertThat(snapshotsIn("container")).contains("/github/home/.cache/paddock");
    }

    @Test
    void isRefusedOutsideOfContainers() throws Exception {
        assertThat(snapshotsIn("bare")).contains("belongs to the user 44711").contains("PADDOCK_HOME");
    }

    private String snapshotsIn(String place) throws Exception {
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("unix")
                        && Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")),
                "only root can make a container");
        ProcessBuilder builder = new ProcessBuilder(
                "unshare",
                "--mount",
                "sh",
                "-c",
                IN_CONTAINER,
                "sh",
                folder.toString(),
                place,
                CliCommandLine.of("snapshot", "ls"));
        builder.environment().put("ROOT", folder.resolve("root").toString());
        Process process = builder.redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return answer;
    }
}
