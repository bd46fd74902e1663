package dev.paddock.embedded.installation;

import dev.paddock.artifact.ArtifactSource;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** The artifact source that the class path has, looked for when it is needed. */
final class InstalledArtifactSource implements Supplier<Optional<ArtifactSource>> {
    @Override
    public Optional<ArtifactSource> get() {
        return ServiceLoader.load(ArtifactSource.class, InstalledArtifactSource.class.getClassLoader())
                .findFirst();
    }
}
