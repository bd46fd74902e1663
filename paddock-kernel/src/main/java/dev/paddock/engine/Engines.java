package dev.paddock.engine;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The engines on the class path. */
public final class Engines {
    private Engines() {}

    /** All of them, in the order of the class path. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (EngineProvider provider : providers()) {
            names.add(provider.name());
        }
        return names;
    }

    /**
     * Where a server is to be. Only one engine has images, so that it needn't be named for them.
     *
     * @param said the name of an engine, if there is one
     * @param image that the server is to be a container of, if one is named
     */
    public static String choose(Optional<String> said, Optional<String> image) {
        return said.orElse(image.isPresent() ? "docker" : "embedded");
    }

    /**
     * A new engine; of the others on the class path nothing is loaded if they come later.
     *
     * @return closed by the caller
     * @throws PaddockException if none has this name
     */
    public static Engine open(String name, PaddockHome home, Progress progress) {
        for (EngineProvider provider : providers()) {
            if (provider.name().equals(name)) {
                return provider.open(home, progress);
            }
        }
        throw new PaddockException(
                "there is no engine '" + name + "' on the class path",
                "the engines are embedded, in dev.paddock:paddock-embedded, and docker, in dev.paddock:paddock-docker");
    }

    private static ServiceLoader<EngineProvider> providers() {
        return ServiceLoader.load(EngineProvider.class, Engines.class.getClassLoader());
    }
}
