package dev.paddock;

import dev.paddock.engine.EngineServer;
import dev.paddock.model.*;
import java.nio.file.Path;
import java.util.List;

final class InitInput {
    static void run(EngineServer s, ConnectionInfo c, List<Path> p, Progress g) {}
}
