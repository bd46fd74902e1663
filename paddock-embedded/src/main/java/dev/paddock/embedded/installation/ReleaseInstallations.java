package dev.paddock.embedded.installation;

import dev.paddock.artifact.ArtifactNotFoundException;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource.Release;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Progress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Releases by their number: unpacked already, bundled, or fetched. */
final class ReleaseInstallations {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseInstallations.class);

    private final Platform platform;
    private final ClasspathBinaries classpath;
    private final FetchedBinaries fetched;
    private final UnpackedReleases unpacked;

    ReleaseInstallations(PaddockHome home, Platform platform, ClasspathBinaries classpath, FetchedBinaries fetched) {
        this.platform = platform;
        this.classpath = classpath;
        this.fetched = fetched;
        this.unpacked = new UnpackedReleases(home, platform);
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
        return wanted.minor().isPresent() ? exactly(candidates.get(0), progress) : anyOf(wanted, candidates, progress);
    }

    private List<PostgresVersion> candidates(Release wanted) {
        return wanted.minor().isPresent()
                ? KnownReleases.candidates(wanted)
                : classpath
                        .named()
                        .filter(version -> version.major() == wanted.major())
                        .map(List::of)
                        .orElseGet(() -> KnownReleases.candidates(wanted));
    }

    private Installation exactly(PostgresVersion version, Progress progress) {
        try {
            return make(version, progress);
        } catch (PaddockException failure) {
            if (KnownReleases.isKnown(version) && !(failure instanceof ArtifactNotFoundException)) {
                throw failure;
            }
            String nearest = KnownReleases.nearest(version).stream()
                    .map(PostgresVersion::toString)
                    .collect(Collectors.joining(" and "));
            throw new PaddockException(
                    "no binaries of PostgreSQL " + version + " for " + platform.classifier() + ": "
                            + failure.getMessage(),
                    "the nearest known are " + nearest + "; " + version.major() + " alone means the newest, "
                            + KnownReleases.newest(version.major()),
                    failure);
        }
    }

    private Installation anyOf(Release wanted, List<PostgresVersion> candidates, Progress progress) {
        PaddockException last = null;
        for (PostgresVersion version : candidates) {
            try {
                return make(version, progress);
            } catch (ArtifactNotFoundException absent) {
                LOG.warn("{}; trying an older release", absent.getMessage());
                unpacked.rememberAbsent(version);
                last = absent;
            } catch (PaddockException failure) {
                last = failure;
                break;
            }
        }
        PaddockException reason = last == null ? new PaddockException("no release of " + wanted + " is known") : last;
        Installation older = unpacked.newestOf(wanted.major()).orElseThrow(() -> reason);
        LOG.warn("using PostgreSQL {} from the cache, for {}", older.version(), reason.getMessage());
        return older;
    }

    private Installation make(PostgresVersion version, Progress progress) {
        return unpacked.getOrUnpack(version, progress, () -> {
            Optional<ClasspathBinaries.Bundle> bundle =
                    classpath.find().filter(found -> found.version().equals(version));
            return bundle.isPresent() ? bundle.get() : fetched.fetch(version, progress);
        });
    }
}
