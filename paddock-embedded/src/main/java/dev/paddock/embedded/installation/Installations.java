package dev.paddock.embedded.installation;

import dev.paddock.artifact.ArtifactSource;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.PostgresSource.InstallationAt;
import dev.paddock.model.PostgresSource.Release;
import dev.paddock.model.Progress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the PostgreSQL that is asked for, and brings it where it isn't there yet. Thread-safe; holds nothing open. */
public final class Installations {
    private final PaddockHome home;
    private final Platform platform;
    private final Supplier<Optional<ArtifactSource>> source;
    private final CachedTrees trees;

    private Installations(
            PaddockHome home, Platform platform, Supplier<Optional<ArtifactSource>> source, CachedTrees trees) {
        this.home = home;
        this.platform = platform;
        this.source = source;
        this.trees = trees;
    }

    /**
     * For this machine, kept in that cache.
     *
     * @throws PaddockException when there are no binaries for this machine's kind
     */
    public static Installations in(PaddockHome home) {
        return in(home, new CachedTrees(home));
    }

    /** The same; {@code trees} knows what becomes of those that it unpacks. */
    public static Installations in(PaddockHome home, CachedTrees trees) {
        return new Installations(home, Platform.current(), new InstalledArtifactSource(), trees);
    }

    static Installations in(PaddockHome home, Platform platform, Supplier<Optional<ArtifactSource>> source) {
        return new Installations(home, platform, source, new CachedTrees(home));
    }

    /**
     * A release comes from the cache, else from the class path, else from a Maven repository. A major version alone means
     * the newest release known of it, or the one that the class path names; where that can't be had, one of the same major
     * that is in the cache, with a warning in the log. Costs well below a millisecond when it is there; else seconds, with
     * progress.
     *
     * @throws PaddockException when it can't be had, saying why and what to do
     */
    public Installation find(PostgresSource wanted, Progress progress) {
        if (wanted instanceof Release release) {
            return releases().find(release, progress);
        }
        return wanted instanceof InstallationAt place ? system().at(place.bin()) : system().newest();
    }

    /**
     * The PostgreSQL that a snapshot's origin names. That may have come from elsewhere with the snapshot, and be anything. So a folder counts only if
     * this home has asked its PostgreSQL before, because somebody here named it or the system offers it: no program runs because data says so.
     */
    public Optional<PostgresSource> known(String origin) {
        try {
            PostgresSource named = PostgresSource.parse(origin);
            return named instanceof InstallationAt place && !system().isKnown(place.bin())
                    ? Optional.empty()
                    : Optional.of(named);
        } catch (InvalidSpecException | InvalidPathException somethingElse) {
            return Optional.empty();
        }
    }

    /** The folders in which the system keeps a PostgreSQL; of any version, usable or not. */
    public List<Path> systemCandidates() {
        return system().candidates();
    }

    private ReleaseInstallations releases() {
        return new ReleaseInstallations(
                ClasspathBinaries.ofProcess(platform),
                new FetchedBinaries(platform, source),
                new UnpackedReleases(home, platform, trees));
    }

    private SystemInstallations system() {
        return new SystemInstallations(SystemPlaces.ofProcess(), new ProgramVersions(home), platform);
    }
}
