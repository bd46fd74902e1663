package dev.paddock.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exact PostgreSQL release, such as 18.6. Betas and release candidates of a new major count as its minor 0. */
public record PostgresVersion(int major, int minor) implements Comparable<PostgresVersion> {
    private static final Pattern REPORTED = Pattern.compile("(\\d+)(?:\\.(\\d+))?");

    /** Finds the version in what {@code postgres --version} prints, such as {@code postgres (PostgreSQL) 15.18 (Debian …)}. */
    public static PostgresVersion parse(String reported) {
        Matcher number = REPORTED.matcher(reported);
        if (!number.find()) {
            throw new PaddockException("no PostgreSQL version in '" + reported.strip() + "'");
        }
        return new PostgresVersion(
                Integer.parseInt(number.group(1)), number.group(2) == null ? 0 : Integer.parseInt(number.group(2)));
    }

    @Override
    public int compareTo(PostgresVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
