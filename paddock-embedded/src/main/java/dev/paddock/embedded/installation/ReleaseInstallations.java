package dev.paddock.embedded.installation;

import dev.paddock.model.PostgresSource.Release;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Progress;
import java.util.List;
import java.util.Optional;

/**
 * Releases by their number. What is unpacked already is found here, on the way of every start: with one look at the file
 * system, and without a logger, a lambda or anything else that costs the JVM milliseconds when it is first used.
 */
final class ReleaseInstallations {
    private final ClasspathBinaries classpath;
    private final FetchedBinaries fetched;
    private final UnpackedReleases unpacked;

    ReleaseInstallations(ClasspathBinaries classpath, FetchedBinaries fetched, UnpackedReleases unpacked) {
        this.classpath = classpath;
        this.fetched = fetched;
        this.unpacked = unpacked;
    }

    Installation find(Release wanted, Progress progress) {
        List<PostgresVersion> candidates = candidates(wanted);
        for (PostgresVersion version : candidates) {
            Optional<Installation> there = unpacked.find(version);
            if (there.isPresent()) {
                return there.get();
            }
            if (!unpacked.isKnownAbsent(version)) {
                break;
            }
        }
        ReleaseDelivery delivery = new ReleaseDelivery(classpath, fetched, unpacked);
        return wanted.minor().isPresent()
                ? delivery.exactly(candidates.get(0), progress)
                : delivery.anyOf(wanted, candidates, progress);
    }

    private List<PostgresVersion> candidates(Release wanted) {
        if (wanted.minor().isPresent()) {
            return List.of(new PostgresVersion(wanted.major(), wanted.minor().getAsInt()));
        }
        Optional<PostgresVersion> named = classpath.named();
        return named.isPresent() && named.get().major() == wanted.major()
                ? List.of(named.get())
                : KnownReleases.candidates(wanted.major());
    }
}
