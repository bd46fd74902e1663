package dev.paddock.docker.build;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PostgresSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image of PostgreSQL that is wanted.
 *
 * @param major version of PostgreSQL
 * @param extensions by the names that CREATE EXTENSION knows them by, or Debian's
 * @param base the image to put it on; if none, a Debian that has this version, made here
 * @param name what to call it; if none, {@code paddock/postgres} with the version as its tag
 * @param mirror of Debian's archive, for a base that is made here
 * @param fresh whether nothing of earlier builds is used, so that all packages are the newest
 */
public record PostgresImage(
        int major,
        List<String> extensions,
        Optional<String> base,
        Optional<String> name,
        Optional<String> mirror,
        boolean fresh) {
    private static final String REPOSITORY = "paddock/postgres";
    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_+.-]{0,62}");
    /** The first major version whose data directory is below its volume. */
    private static final int DATA_BELOW_VOLUME = 18;

    public PostgresImage {
        extensions = List.copyOf(extensions);
        base.ifPresent(given -> InvalidSpecException.ifEmpty(given, "the base"));
        name.ifPresent(given -> InvalidSpecException.ifEmpty(given, "the image"));
        for (String extension : extensions) {
            if (!EXTENSION.matcher(extension).matches()) {
                throw new InvalidSpecException(
                        "'" + extension + "' can't be the name of an extension", "write it as in CREATE EXTENSION");
            }
        }
        if (base.isPresent() && mirror.isPresent()) {
            throw new InvalidSpecException(
                    "a mirror is for the base that is made here, and the base " + base.get() + " is given",
                    "leave out one or the other; what a base installs from is in its own /etc/apt");
        }
    }

    /**
     * Of the version that the user named.
     *
     * @throws InvalidSpecException if an image can't be made of it
     */
    public static PostgresImage of(PostgresSource postgres) {
        if (postgres instanceof PostgresSource.Release release) {
            if (release.minor().isPresent()) {
                throw new InvalidSpecException(
                        "an image holds the newest minor release that its packages have, and " + release
                                + " may not be that",
                        "write the major version: --postgres " + release.major());
            }
            return new PostgresImage(
                    release.major(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), false);
        }
        throw new InvalidSpecException(
                "an image can't hold the PostgreSQL of this machine (" + postgres + ")",
                "write a major version, such as --postgres 18");
    }

    public PostgresImage with(List<String> wanted) {
        return new PostgresImage(major, wanted, base, name, mirror, fresh);
    }

    public PostgresImage onBase(Optional<String> image) {
        return new PostgresImage(major, extensions, image, name, mirror, fresh);
    }

    public PostgresImage named(Optional<String> image) {
        return new PostgresImage(major, extensions, base, image, mirror, fresh);
    }

    public PostgresImage fromMirror(Optional<String> address) {
        return new PostgresImage(major, extensions, base, name, address, fresh);
    }

    public PostgresImage fresh(boolean nothingOfEarlierBuilds) {
        return new PostgresImage(major, extensions, base, name, mirror, nothingOfEarlierBuilds);
    }

    /** What it is called. */
    public String reference() {
        return name.orElse(REPOSITORY + ":" + major);
    }

    /** What it is called by its exact version too, unless the user gave it a name. */
    Optional<String> exactReference(String version) {
        return name.isPresent() ? Optional.empty() : Optional.of(REPOSITORY + ":" + version);
    }

    String volume() {
        return major >= DATA_BELOW_VOLUME ? "/var/lib/postgresql" : "/var/lib/postgresql/data";
    }

    String data() {
        return major >= DATA_BELOW_VOLUME ? "/var/lib/postgresql/" + major + "/docker" : volume();
    }
}
