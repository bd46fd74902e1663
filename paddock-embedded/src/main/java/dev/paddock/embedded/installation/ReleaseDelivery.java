package dev.paddock.embedded.installation;

import dev.paddock.artifact.ArtifactNotFoundException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource.Release;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Progress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings releases that aren't unpacked yet: from the class path, else fetched. */
final class ReleaseDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseDelivery.class);

    private final ClasspathBinaries classpath;
    private final FetchedBinaries fetched;
    private final UnpackedReleases unpacked;

    ReleaseDelivery(ClasspathBinaries classpath, FetchedBinaries fetched, UnpackedReleases unpacked) {
        this.classpath = classpath;
        this.fetched = fetched;
        this.unpacked = unpacked;
    }

    /** This one and no other. */
    Installation exactly(PostgresVersion version, Progress progress) {
        try {
            return make(version, progress);
        } catch (PaddockException failure) {
            if (KnownReleases.isKnown(version) && !(failure instanceof ArtifactNotFoundException)) {
                throw failure;
            }
            String nearest = KnownReleases.nearest(version).stream()
                    .map(PostgresVersion::toString)
                    .collect(Collectors.joining(" or "));
            throw new PaddockException(
                    "no binaries of PostgreSQL " + version + ": " + failure.getMessage(),
                    "try " + nearest + ", the nearest known, or " + version.major() + " for the newest, "
                            + KnownReleases.newest(version.major()),
                    failure);
        }
    }

    /** The first that some repository has; if none is in reach, the newest of that major that is unpacked. */
    Installation anyOf(Release wanted, List<PostgresVersion> candidates, Progress progress) {
        PaddockException reason = new PaddockException("no release of PostgreSQL " + wanted + " is known");
        for (PostgresVersion version : candidates) {
            try {
                return make(version, progress);
            } catch (ArtifactNotFoundException absent) {
                LOG.warn("{}; trying an older release", absent.getMessage());
                unpacked.rememberAbsent(version);
                reason = absent;
            } catch (PaddockException failure) {
                reason = failure;
                break;
            }
        }
        Optional<Installation> older = unpacked.newestOf(wanted.major());
        if (older.isEmpty()) {
            throw reason;
        }
        LOG.warn("using PostgreSQL {} from the cache, because {}", older.get().version(), reason.getMessage());
        return older.get();
    }

    private Installation make(PostgresVersion version, Progress progress) {
        return unpacked.getOrUnpack(version, progress, () -> {
            Optional<ClasspathBinaries.Bundle> bundle =
                    classpath.find().filter(found -> found.version().equals(version));
            return bundle.isPresent() ? bundle.get() : fetched.fetch(version, progress);
        });
    }
}
