package dev.paddock.engine;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.Progress;

/** Makes an engine. Found with {@link java.util.ServiceLoader}. */
public interface EngineProvider {
    /** As in {@code --engine}. */
    String name();

    /** A new engine, closed by the caller. Must return at once: what takes time is done when it is first needed. */
    Engine open(PaddockHome home, Progress progress);
}
