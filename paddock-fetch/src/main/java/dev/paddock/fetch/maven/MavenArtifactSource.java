package dev.paddock.fetch.maven;

import dev.paddock.artifact.ArtifactSource;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;

/**
 * Fetches as the user's own Maven would, into the user's own local repository. An artifact without a checksum, or with a
 * wrong one, is refused. Downloads go to a temporary file that is renamed when it is whole, so any number of threads and
 * processes may fetch the same artifact at once, and be killed at it. Thread-safe; holds nothing between calls.
 */
public final class MavenArtifactSource implements ArtifactSource {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 60_000;

    private final MavenEnvironment environment;

    /** With the settings that this process's user, environment and system properties lead to. */
    public MavenArtifactSource() {
        this(MavenEnvironment.ofProcess());
    }

    MavenArtifactSource(MavenEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Path fetch(String groupId, String artifactId, String version, Progress progress) {
        Artifact artifact = new DefaultArtifact(groupId, artifactId, "jar", version);
        MavenSettings settings = MavenSettings.read(environment);
        RepositorySystem system = new RepositorySystemSupplier().get();
        try {
            DefaultRepositorySystemSession session = session(system, settings);
            session.setTransferListener(new TransferProgress("fetching " + artifactId + " " + version, progress));
            List<RemoteRepository> repositories = system.newResolutionRepositories(session, Repositories.of(settings));
            return resolve(system, session, new ArtifactRequest(artifact, repositories, null), settings);
        } finally {
            system.shutdown();
        }
    }

    private static Path resolve(
            RepositorySystem system,
            DefaultRepositorySystemSession session,
            ArtifactRequest request,
            MavenSettings settings) {
        try {
            return system.resolveArtifact(session, request)
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException failure) {
            throw FetchFailure.of(request, settings, failure);
        }
    }

    private DefaultRepositorySystemSession session(RepositorySystem system, MavenSettings settings) {
        DefaultRepositorySystemSession session = new DefaultRepositorySystemSession();
        session.setSystemProperties(environment.interpolation());
        session.setOffline(settings.offline());
        session.setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL);
        session.setConfigProperty("aether.connector.connectTimeout", CONNECT_MILLIS);
        session.setConfigProperty("aether.connector.requestTimeout", SILENCE_MILLIS);
        Repositories.configure(session, settings);
        try {
            session.setLocalRepositoryManager(system.newLocalRepositoryManager(
                    session, new LocalRepository(settings.localRepository().toFile())));
        } catch (IllegalArgumentException unusable) {
            throw new PaddockException(
                    "Maven's local repository " + settings.localRepository() + " can't be used",
                    "name another folder with -Dmaven.repo.local",
                    unusable);
        }
        return session;
    }
}
