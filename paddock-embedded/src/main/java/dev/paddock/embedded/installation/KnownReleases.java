package dev.paddock.embedded.installation;

import dev.paddock.model.PostgresVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The releases that binaries are known to exist of. Others may: they are asked for all the same. */
final class KnownReleases {
    /** Minors by major, ascending. PostgreSQL skipped some after recalls; others were never packaged. */
    private static final Map<Integer, int[]> MINORS = Map.of(
            14, new int[] {0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 17, 18, 19, 20, 22, 23, 24},
            15, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 17, 18, 19},
            16, new int[] {0, 1, 2, 3, 4, 6, 8, 9, 10, 11, 12, 13, 14, 15},
            17, new int[] {0, 2, 4, 5, 6, 7, 8, 9, 10, 11},
            18, new int[] {0, 1, 2, 3, 4, 6});

    /** Of the release that the build depends on. */
    static final int BUNDLED_MAJOR = 18;

    /** Not each was packaged for each platform, so a few older ones may have to stand in. */
    private static final int STAND_INS = 3;

    private KnownReleases() {}

    /** The newest of a major. */
    static PostgresVersion newest(int major) {
        int[] minors = minors(major);
        return new PostgresVersion(major, minors[minors.length - 1]);
    }

    /** What may serve the wish for a major alone, best first. */
    static List<PostgresVersion> candidates(int major) {
        int[] minors = minors(major);
        List<PostgresVersion> candidates = new ArrayList<>();
        for (int i = minors.length - 1; i >= Math.max(0, minors.length - STAND_INS); i--) {
            candidates.add(new PostgresVersion(major, minors[i]));
        }
        return candidates;
    }

    static boolean isKnown(PostgresVersion version) {
        return Arrays.binarySearch(minors(version.major()), version.minor()) >= 0;
    }

    /** Those next to it, older first: at most two. */
    static List<PostgresVersion> nearest(PostgresVersion version) {
        int[] minors = minors(version.major());
        int found = Arrays.binarySearch(minors, version.minor());
        int above = found >= 0 ? found + 1 : -found - 1;
        int below = found >= 0 ? found - 1 : above - 1;
        return Stream.of(below, above)
                .filter(index -> index >= 0 && index < minors.length)
                .map(index -> new PostgresVersion(version.major(), minors[index]))
                .toList();
    }

    /** The artifact's versions that hold the release, best first: a third number counts mended packagings. */
    static List<String> artifactVersions(PostgresVersion version) {
        boolean mended = version.equals(new PostgresVersion(14, 10)) || version.equals(new PostgresVersion(15, 5));
        return mended
                ? List.of(version + ".1", version + ".0")
                : isKnown(version) ? List.of(version + ".0") : List.of(version + ".0", version + ".1");
    }

    private static int[] minors(int major) {
        return MINORS.getOrDefault(major, new int[] {0});
    }
}
