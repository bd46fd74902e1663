package dev.paddock.embedded;

import dev.paddock.engine.Engine;
import dev.paddock.engine.EngineProvider;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.Progress;

/** Makes the engine called {@code embedded}. */
public final class EmbeddedEngineProvider implements EngineProvider {
    @Override
    public String name() {
        return EmbeddedEngine.NAME;
    }

    @Override
    public Engine open(PaddockHome home, Progress progress) {
        return EmbeddedEngine.open(home, progress);
    }
}
