package dev.paddock.model;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server's PostgreSQL comes from. */
public sealed interface PostgresSource {

    /** The oldest and newest major versions that Paddock runs. */
    int OLDEST = 14;

    int NEWEST = 18;

    /** A release by its major version, the newest minor known for it if none is named; bundled or fetched. */
    record Release(int major, OptionalInt minor) implements PostgresSource {
        public Release {
            if (major < OLDEST || major > NEWEST) {
                throw new InvalidSpecException(
                        "PostgreSQL " + major + " is not supported",
                        "choose a version from " + OLDEST + " to " + NEWEST);
            }
        }

        @Override
        public String toString() {
            return minor.isPresent() ? major + "." + minor.getAsInt() : Integer.toString(major);
        }
    }

    /** The newest installation that the system itself offers: on the PATH, Debian's, Homebrew's, pg_config's. */
    record SystemInstallation() implements PostgresSource {
        @Override
        public String toString() {
            return "system";
        }
    }

    /** The installation whose programs are in this folder. */
    record InstallationAt(Path bin) implements PostgresSource {
        @Override
        public String toString() {
            return bin.toString();
        }
    }

    /** Reads what {@code --postgres} takes: {@code 18}, {@code 16.9}, {@code system}, {@code /usr/lib/postgresql/15/bin}. */
    static PostgresSource parse(String text) {
        if (text.equals("system")) {
            return new SystemInstallation();
        }
        if (text.indexOf('/') >= 0 || text.indexOf('\\') >= 0) {
            return new InstallationAt(Path.of(text).toAbsolutePath().normalize());
        }
        Matcher release = Pattern.compile("(\\d{1,4})(?:\\.(\\d{1,4}))?").matcher(text);
        if (!release.matches()) {
            throw new InvalidSpecException(
                    "'" + text + "' is not a PostgreSQL version",
                    "write a major version such as 18, an exact one such as 16.9, 'system', or the path of a bin folder");
        }
        return new Release(
                Integer.parseInt(release.group(1)),
                release.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(release.group(2))));
    }
}
