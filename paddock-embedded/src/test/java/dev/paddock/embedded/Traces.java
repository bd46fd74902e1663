package dev.paddock.embedded;

import dev.paddock.home.ProcessStamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What servers leave on a machine: processes, mounts, shared memory, folders. Those of one JVM are known by a folder for
 * temporary files of its own, which every process under it inherits in its environment.
 */
record Traces(Path mark) {

    /** All that is there now, in words; empty once nothing is left. */
    List<String> find() throws IOException {
        List<String> found = new ArrayList<>();
        processes(found);
        folders(found, mark);
        folders(found, Path.of("/dev/shm"));
        if (read(Path.of("/proc/self/mountinfo")).contains(mark.toString())) {
            found.add("a mount that shows " + mark);
        }
        return found;
    }

    private void processes(List<String> found) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (read(process.resolve("environ")).contains("TMPDIR=" + mark + "\0")) {
                    found.add("process " + process.getFileName() + ": "
                            + read(process.resolve("cmdline")).replace('\0', ' '));
                }
            }
        }
    }

    /** Sessions in a shared space: folders called by the user's number and their maker's stamp. */
    private static void folders(List<String> found, Path base) throws IOException {
        if (Files.isDirectory(base)) {
            try (DirectoryStream<Path> sessions = Files.newDirectoryStream(base, "paddock-*-*-*-*")) {
                sessions.forEach(session -> {
                    if (isOrphanOrOurs(session)) {
                        found.add("folder " + session);
                    }
                });
            }
        }
    }

    /** Others' tests may be running on this machine: their sessions have makers who live. */
    private static boolean isOrphanOrOurs(Path session) {
        String[] name = session.getFileName().toString().split("-");
        return ProcessStamp.parse(name[2] + "-" + name[3])
                .filter(maker -> maker.isAlive()
                        && maker.pid() != ProcessHandle.current().pid())
                .isEmpty();
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }
}
