package dev.paddock.fetch;

import dev.paddock.artifact.ArtifactSource;
import dev.paddock.model.Progress;
import java.util.ServiceLoader;

/** One process that fetches {@code org.example:thing:1.0} with the settings in its home. */
public final class FetchOnce {
    private FetchOnce() {}

    public static void main(String[] arguments) {
        ArtifactSource source =
                ServiceLoader.load(ArtifactSource.class).findFirst().orElseThrow();
        System.out.println(source.fetch("org.example", "thing", "1.0", Progress.NONE));
    }
}
