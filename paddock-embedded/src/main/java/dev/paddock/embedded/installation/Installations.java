package dev.paddock.embedded.installation;

import dev.paddock.artifact.ArtifactSource;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.PostgresSource.InstallationAt;
import dev.paddock.model.PostgresSource.Release;
import dev.paddock.model.PostgresSource.SystemInstallation;
import dev.paddock.model.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** Finds the PostgreSQL that is asked for, and brings it where it isn't there yet. Thread-safe; holds nothing open. */
public final class Installations {
    private final ReleaseInstallations releases;
    private final SystemInstallations system;

    private Installations(ReleaseInstallations releases, SystemInstallations system) {
        this.releases = releases;
        this.system = system;
    }

    /**
     * For this machine, kept in that cache.
     *
     * @throws PaddockException when there are no binaries for this machine's kind
     */
    public static Installations in(PaddockHome home) {
        return in(home, Platform.current(), Installations::installedSource);
    }

    static Installations in(PaddockHome home, Platform platform, Supplier<Optional<ArtifactSource>> source) {
        ReleaseInstallations releases = new ReleaseInstallations(
                home, platform, ClasspathBinaries.ofProcess(platform), new FetchedBinaries(platform, source));
        return new Installations(
                releases, new SystemInstallations(SystemPlaces.ofProcess(), new ProgramVersions(home), platform));
    }

    /**
     * A release comes from the cache, else from the class path, else from a Maven repository. A major version alone means
     * the newest release known of it, or the one that the class path names; where that can't be had, one of the same major
     * that is in the cache, with a warning in the log. Costs well below a millisecond when it is there; else seconds, with
     * progress.
     *
     * @throws PaddockException when it can't be had, saying why and what to do
     */
    public Installation find(PostgresSource source, Progress progress) {
        if (source instanceof Release release) {
            return releases.find(release, progress);
        }
        if (source instanceof InstallationAt place) {
            return system.at(place.bin());
        }
        if (source instanceof SystemInstallation) {
            return system.newest();
        }
        throw new IllegalArgumentException(source.toString());
    }

    private static Optional<ArtifactSource> installedSource() {
        return ServiceLoader.load(ArtifactSource.class, Installations.class.getClassLoader())
                .findFirst();
    }

    /** Where the programs of a system installation would be looked for; what {@code doctor} shows. */
    public List<Path> systemCandidates() {
        return system.candidates();
    }
}
