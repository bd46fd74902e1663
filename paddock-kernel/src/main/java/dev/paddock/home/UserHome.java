package dev.paddock.home;

import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The user's home folder, as a shell means it by {@code ~}: what {@code HOME} says, else the account's. The two differ in many
 * containers of CI, under {@code sudo}, and where somebody tries something out. All that Paddock keeps for a user, or looks for,
 * is below it.
 */
public final class UserHome {
    /** What a JVM says where the system's list has no such user, as in a container that runs as a mere number. */
    private static final Path UNKNOWN = Path.of("?");

    private UserHome() {}

    /**
     * With these variables, which are the process's own but in tests.
     *
     * @throws PaddockException if neither they nor the system's list of users know of one
     */
    public static Path of(Map<String, String> environment) {
        return of(environment, ofAccount());
    }

    static Path of(Map<String, String> environment, Path ofAccount) {
        String home = environment.getOrDefault("HOME", "");
        if (home.isEmpty() && ofAccount.equals(UNKNOWN)) {
            throw new PaddockException(
                    "this account has no name and no home folder, and HOME is not set",
                    "set HOME, or PADDOCK_HOME, to a folder of your own");
        }
        return (home.isEmpty() ? ofAccount : Path.of(home)).toAbsolutePath();
    }

    /** As the system's list of users says, whatever {@code HOME} says. Maven itself looks nowhere else. */
    public static Path ofAccount() {
        return Path.of(System.getProperty("user.home", "."));
    }
}
