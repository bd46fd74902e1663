package dev.paddock.embedded.supervision;

import dev.paddock.home.Account;
import java.util.List;

/** How far servers are kept apart from the rest of the machine. */
public enum Space {
    /** Namespaces of their own: mounts, processes and shared memory that nobody else sees and that end with the supervisor. */
    PRIVATE {
        @Override
        List<String> command(Account account, String supervisor, String guard) {
            return account.own()
                    ? List.of(
                            "setsid",
                            "unshare",
                            "--user",
                            "--map-current-user",
                            "--keep-caps",
                            "--mount",
                            "--pid",
                            "--ipc",
                            "--fork",
                            "--kill-child",
                            "sh",
                            supervisor)
                    : List.of(
                            "setsid",
                            "unshare",
                            "--mount",
                            "--pid",
                            "--ipc",
                            "--fork",
                            "--kill-child",
                            "sh",
                            supervisor);
        }

        @Override
        String become(Account account) {
            return account.own()
                    ? "setpriv --no-new-privs --inh-caps=-all --ambient-caps=-all --bounding-set=-all"
                    : Space.dropRights();
        }
    },
    /** The machine's own: servers end because somebody ends them. */
    SHARED {
        @Override
        List<String> command(Account account, String supervisor, String guard) {
            // macOS has no setsid; there a Ctrl-C in a terminal reaches the servers too.
            return java.nio.file.Files.exists(java.nio.file.Path.of("/proc/self"))
                    ? List.of("setsid", "sh", guard, supervisor)
                    : List.of("sh", guard, supervisor);
        }

        @Override
        String become(Account account) {
            return account.own() ? "" : Space.dropRights();
        }
    };

    /** The supervisor's command line, apart from any terminal's signals. */
    abstract List<String> command(Account account, String supervisor, String guard);

    /** The words before a program that take every privilege from it. */
    abstract String become(Account account);

    /** Who it is to become, and with what groups, the script adds for each server. */
    private static String dropRights() {
        return "setpriv --no-new-privs --inh-caps=-all"
                + (Privileges.ofSelf().mayLimit() ? " --bounding-set=-all" : "");
    }
}
