package dev.paddock.embedded.supervision;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the kernel lets this process do. Root in a container may have less than root elsewhere.
 *
 * @param held one bit for each capability, by its number
 */
public record Privileges(long held) {
    /** What it takes to run PostgreSQL as somebody else, and to look after it there. */
    private enum Needed {
        CHOWN(0),
        DAC_OVERRIDE(1),
        FOWNER(3),
        KILL(5),
        SETGID(6),
        SETUID(7);

        private final int number;

        Needed(int number) {
            this.number = number;
        }
    }

    private static final int SETPCAP = 8;

    /** Those that are in effect; all of them where the kernel doesn't tell. */
    public static Privileges ofSelf() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("CapEff:")) {
                    return new Privileges(
                            Long.parseUnsignedLong(line.substring(7).strip(), 16));
                }
            }
        } catch (IOException notLinux) {
            // Then root may do everything.
        }
        return new Privileges(-1);
    }

    /** Whether a program can be kept from ever getting some of them back. */
    boolean mayLimit() {
        return has(SETPCAP);
    }

    private boolean has(int capability) {
        return (held >>> capability & 1) != 0;
    }

    /** @throws PaddockException if root lacks what it takes to run PostgreSQL as somebody else */
    public void requireToRunAsAnother() {
        String missing = String.join(
                ", ",
                Arrays.stream(Needed.values())
                        .filter(each -> !has(each.number))
                        .map(Needed::name)
                        .toList());
        if (!missing.isEmpty()) {
            throw new PaddockException(
                    "PostgreSQL refuses to run as root, and root may not start it as another user here: the capabilities "
                            + missing + " are missing",
                    "run Paddock as an ordinary user (in a container: --user, with a user of its image), or give them to the container"
                            + " (--cap-add " + missing.replace(", ", " --cap-add ") + ")");
        }
    }
}
