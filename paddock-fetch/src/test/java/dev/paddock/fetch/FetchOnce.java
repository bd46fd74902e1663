package dev.paddock.fetch;

import dev.paddock.model.Progress;

/** One process that fetches {@code org.example:thing:1.0} with the settings under its {@code user.home}. */
final class FetchOnce {
    private FetchOnce() {}

    public static void main(String[] arguments) {
        System.out.println(new MavenArtifactSource().fetch("org.example", "thing", "1.0", Progress.NONE));
    }
}
