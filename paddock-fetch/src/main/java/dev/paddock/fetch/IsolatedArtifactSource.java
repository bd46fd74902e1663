package dev.paddock.fetch;

import dev.paddock.artifact.ArtifactSource;
import dev.paddock.model.Progress;
import java.nio.file.Path;

/**
 * Fetches with Maven's resolver, without putting it on anybody's class path: whatever versions of it and of its libraries an
 * application has or lacks, neither meets the other. Loads the resolver when something is to be fetched, and never before.
 * Thread-safe; holds nothing between calls.
 */
public final class IsolatedArtifactSource implements ArtifactSource {
    static final String ISOLATED = "dev.paddock.fetch.maven.";

    @Override
    public Path fetch(String groupId, String artifactId, String version, Progress progress) {
        return resolver().fetch(groupId, artifactId, version, progress);
    }

    private static ArtifactSource resolver() {
        ClassLoader ours = IsolatedArtifactSource.class.getClassLoader();
        try {
            return new IsolatedLoader(ours, NestedJars.of(ours))
                    .loadClass(ISOLATED + "MavenArtifactSource")
                    .asSubclass(ArtifactSource.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("paddock-fetch doesn't hold what it was built with", broken);
        }
    }
}
