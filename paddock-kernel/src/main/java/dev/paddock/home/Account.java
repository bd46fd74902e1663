package dev.paddock.home;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The account that PostgreSQL runs under: this process's own, or, as it refuses to run as root, the one called nobody.
 *
 * @param own whether it is this process's own
 * @param name as in the system's list of users
 */
public record Account(boolean own, String name, int uid, int gid) {
    private static final Path SELF = Path.of("/proc/self");

    /** Reads who we are from the kernel, for the name of a user proves nothing. */
    public static Account forPostgres() {
        int uid = self();
        try {
            return uid == 0
                    ? named("nobody")
                    : new Account(true, System.getProperty("user.name", ""), uid, uid < 0 ? -1 : group());
        } catch (IOException | UnsupportedOperationException noUnix) {
            return new Account(true, System.getProperty("user.name", ""), -1, -1);
        }
    }

    /** The number of this process's own account; negative where accounts have none. */
    public static int self() {
        try {
            return (int) Files.getAttribute(Files.exists(SELF) ? SELF : UserHome.ofAccount(), "unix:uid");
        } catch (IOException | UnsupportedOperationException noUnix) {
            return -1;
        }
    }

    private static int group() throws IOException {
        return (int) Files.getAttribute(SELF, "unix:gid");
    }

    private static Account named(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/etc/passwd"), java.nio.charset.StandardCharsets.ISO_8859_1)) {
            String[] fields = line.split(":");
            if (fields[0].equals(name)) {
                return new Account(false, name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
            }
        }
        throw new PaddockException(
                "PostgreSQL refuses to run as root, and there is no user '" + name + "' to run it as",
                "add that user, or run as an ordinary one");
    }

    /** The owner to be of files that PostgreSQL works on, where they would have another without being told. */
    public OptionalInt foreignOwner() {
        return own ? OptionalInt.empty() : OptionalInt.of(uid);
    }

    /** {@code uid:gid} for chown, or nothing where no change is needed. */
    public String ownership() {
        return own ? "" : uid + ":" + gid;
    }

    /** Whether it can reach a file by this path: whether each folder above lets others through. */
    public boolean canReach(Path path) {
        if (own) {
            return true;
        }
        try {
            for (Path each = path.toRealPath(); each != null; each = each.getParent()) {
                if (((int) Files.getAttribute(each, "unix:mode") & 0001) == 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }
}
