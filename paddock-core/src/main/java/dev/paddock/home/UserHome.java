package dev.paddock.home;

import java.nio.file.Path;
import java.util.Map;

/**
 * The user's home folder, as a shell means it by {@code ~}: what {@code HOME} says, else the account's. The two differ in many
 * containers of CI, under {@code sudo}, and where somebody tries something out. All that Paddock keeps for a user, or looks for,
 * is below it.
 */
public final class UserHome {
    private UserHome() {}

    /** With these variables, which are the process's own but in tests. */
    public static Path of(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return (home.isEmpty() ? ofAccount() : Path.of(home)).toAbsolutePath();
    }

    /** As the system's list of users says, whatever {@code HOME} says. Maven itself looks nowhere else. */
    public static Path ofAccount() {
        return Path.of(System.getProperty("user.home", "."));
    }
}
