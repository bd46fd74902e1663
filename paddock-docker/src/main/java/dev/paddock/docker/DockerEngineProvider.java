package dev.paddock.docker;

import dev.paddock.engine.Engine;
import dev.paddock.engine.EngineProvider;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.Progress;

/** Makes the engine called {@code docker}. */
public final class DockerEngineProvider implements EngineProvider {
    @Override
    public String name() {
        return DockerEngine.NAME;
    }

    @Override
    public Engine open(PaddockHome home, Progress progress) {
        return DockerEngine.open(home, progress);
    }
}
