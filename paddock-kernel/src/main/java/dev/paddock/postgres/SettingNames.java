package dev.paddock.postgres;

import dev.paddock.model.Slips;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of PostgreSQL's settings, of all supported versions, to find out what a misspelt one was to be. */
public final class SettingNames {
    private static final Pattern UNKNOWN = Pattern.compile("unrecognized configuration parameter \"([^\"]+)\"");

    private SettingNames() {}

    /**
     * What a server that did not start should have been told.
     *
     * @param log its last lines, in English
     */
    public static Optional<String> adviceFor(List<String> log) {
        return log.stream()
                .map(UNKNOWN::matcher)
                .filter(Matcher::find)
                .map(unknown -> unknown.group(1))
                .findFirst()
                .map(SettingNames::adviceFor);
    }

    private static String adviceFor(String unknown) {
        return Slips.nearest(unknown.toLowerCase(Locale.ROOT), all())
                .map(meant -> "did you mean the setting " + meant + "?")
                .orElse("this version of PostgreSQL has no setting " + unknown + "; leave it out");
    }

    /** All of them, in lower case. */
    public static List<String> all() {
        try (InputStream names = Objects.requireNonNull(SettingNames.class.getResourceAsStream("setting-names.txt"))) {
            return new String(names.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException unreadableJar) {
            throw new UncheckedIOException(unreadableJar);
        }
    }
}
