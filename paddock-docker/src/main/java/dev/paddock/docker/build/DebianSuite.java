package dev.paddock.docker.build;

import dev.paddock.model.InvalidSpecException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The suites of Debian's archive, each of which has one major version of PostgreSQL. */
enum DebianSuite {
    BOOKWORM(15),
    TRIXIE(17),
    FORKY(18);

    private final int postgres;

    DebianSuite(int postgres) {
        this.postgres = postgres;
    }

    static DebianSuite withPostgres(int major) {
        for (DebianSuite suite : values()) {
            if (suite.postgres == major) {
                return suite;
            }
        }
        throw new InvalidSpecException(
                "Debian has no PostgreSQL " + major + "; it has "
                        + Arrays.stream(values())
                                .map(suite -> suite.postgres + " (" + suite + ")")
                                .collect(Collectors.joining(", ")),
                "name a base whose apt knows another archive that has it: --base IMAGE");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
