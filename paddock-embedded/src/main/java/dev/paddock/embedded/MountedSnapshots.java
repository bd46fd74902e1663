package dev.paddock.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which snapshots running servers are overlays over. The kernel keeps that book, and never forgets to strike out the dead. */
final class MountedSnapshots {
    private MountedSnapshots() {}

    static boolean contain(Path snapshot) {
        String lower = "lowerdir=" + snapshot.resolve("data");
        // The supervisor's own name for a path that means something else to a mount.
        String named = ".source/" + snapshot.getFileName() + ",";
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String mounts = mounts(process);
                if (mounts.contains(lower) || mounts.contains(named)) {
                    return true;
                }
            }
            return false;
        } catch (IOException noProc) {
            return false;
        }
    }

    private static String mounts(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("mountinfo")), StandardCharsets.UTF_8);
        } catch (IOException endedOrSomebodyElses) {
            return "";
        }
    }
}
