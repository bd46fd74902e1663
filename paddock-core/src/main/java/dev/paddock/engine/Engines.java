package dev.paddock.engine;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import java.util.ArrayList;
import java.util.List;
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
                "add the dependency dev.paddock:paddock-" + name);
    }

    private static ServiceLoader<EngineProvider> providers() {
        return ServiceLoader.load(EngineProvider.class, Engines.class.getClassLoader());
    }
}
