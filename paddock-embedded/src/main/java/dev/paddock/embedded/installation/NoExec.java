package dev.paddock.embedded.installation;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Places that no program may be run from, as the mount there says. */
final class NoExec {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final int ROOT_FIELD = 4;
    private static final int OPTIONS_FIELD = 5;

    private NoExec() {}

    /** @throws PaddockException if that is why a program can't be run */
    static void require(Path program) {
        if (!Files.isExecutable(program)) {
            mountOf(program).ifPresent(mount -> {
                throw new PaddockException(
                        "no program can be run from " + program.getParent() + ", for " + mount + " is mounted noexec",
                        "set PADDOCK_HOME to a folder elsewhere, or mount it with exec");
            });
        }
    }

    /** Where the file system begins that the file is in, if it is mounted so. */
    private static Optional<Path> mountOf(Path file) {
        List<String> mounts;
        Path real;
        try {
            real = file.toRealPath();
            // Names may be in any encoding.
            mounts = Files.readAllLines(MOUNTS, StandardCharsets.ISO_8859_1);
        } catch (IOException noProc) {
            return Optional.empty();
        }
        String options = "";
        Path place = Path.of("/");
        for (String line : mounts) {
            String[] fields = line.split(" ");
            Path mounted = Path.of(unescaped(fields[ROOT_FIELD]));
            // The last one at a place lies on top.
            if (real.startsWith(mounted) && mounted.getNameCount() >= place.getNameCount()) {
                place = mounted;
                options = fields[OPTIONS_FIELD];
            }
        }
        return List.of(options.split(",")).contains("noexec") ? Optional.of(place) : Optional.empty();
    }

    /** The kernel writes white space and backslashes as three octal digits. */
    private static String unescaped(String field) {
        byte[] raw = field.getBytes(StandardCharsets.ISO_8859_1);
        byte[] plain = new byte[raw.length];
        int length = 0;
        for (int at = 0; at < raw.length; at++) {
            boolean escaped = raw[at] == '\\' && at + 3 < raw.length;
            plain[length++] = escaped ? (byte) Integer.parseInt(field.substring(at + 1, at + 4), 8) : raw[at];
            at += escaped ? 3 : 0;
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }
}
