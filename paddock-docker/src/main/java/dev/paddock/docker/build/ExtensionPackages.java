package dev.paddock.docker.build;

import dev.paddock.model.Slips;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Which of Debian's packages may hold an extension; which of them there are is known only by the archive. */
final class ExtensionPackages {
    /** Those whose packages don't bear their names. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "vector", "pgvector",
            "postgis", "postgis-3",
            "postgis_raster", "postgis-3",
            "postgis_topology", "postgis-3",
            "postgis_sfcgal", "postgis-3",
            "postgis_tiger_geocoder", "postgis-3",
            "address_standardizer", "postgis-3");

    private static final int MOST_SUGGESTIONS = 5;
    private static final int TELLING = 3;

    private ExtensionPackages() {}

    /** As the Dockerfile takes them: {@code postgis=postgresql-15-postgis-3,…}. */
    static String argument(List<String> extensions, int major) {
        return extensions.stream()
                .map(each -> each + "=" + String.join(",", candidates(each, major)))
                .collect(Collectors.joining(" "));
    }

    private static List<String> candidates(String extension, int major) {
        String plain = extension.toLowerCase(Locale.ROOT).replace('_', '-');
        List<String> candidates = new ArrayList<>();
        if (plain.startsWith("postgresql-")) {
            candidates.add(plain);
        }
        if (ELSEWHERE.containsKey(extension)) {
            candidates.add("postgresql-" + major + "-" + ELSEWHERE.get(extension));
        }
        candidates.add("postgresql-" + major + "-" + plain);
        if (plain.startsWith("pg-")) {
            candidates.add("postgresql-" + major + "-" + plain.substring("pg-".length()));
        } else {
            candidates.add("postgresql-" + major + "-pg-" + plain);
            candidates.add("postgresql-" + major + "-pg" + plain);
        }
        if (plain.startsWith("pl")) {
            // plpython3u, the untrusted language, is in a package without that letter.
            candidates.add("postgresql-" + plain.replaceFirst("u$", "") + "-" + major);
        }
        return candidates;
    }

    /** The names that look like the one that there isn't; none if none does. */
    static List<String> nearest(String extension, Collection<String> names) {
        String plain = bare(extension.toLowerCase(Locale.ROOT).replace('_', '-'));
        return names.stream()
                .distinct()
                .filter(name -> Slips.between(plain, bare(name)) <= Slips.LIKELY
                        || (plain.length() >= TELLING && name.contains(plain))
                        || (name.length() >= TELLING && plain.contains(name)))
                .sorted()
                .limit(MOST_SUGGESTIONS)
                .toList();
    }

    /** Without what some names have and others haven't. */
    private static String bare(String name) {
        return name.replaceFirst("-[0-9.]+$", "").replaceFirst("^pg-?", "");
    }
}
