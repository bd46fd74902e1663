package dev.paddock;

import dev.paddock.engine.EngineService;
import dev.paddock.engine.ServerLog;
import dev.paddock.model.ServerEnd;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service that a standing stack was started with, and of which its engine has nothing left. */
record GoneService(String name) implements EngineService {

    @Override
    public Map<Integer, Integer> ports() {
        return Map.of();
    }

    @Override
    public String identity() {
        return "";
    }

    @Override
    public boolean isAlive() {
        return false;
    }

    @Override
    public Optional<ServerEnd> ended() {
        return Optional.of(new ServerEnd(
                Optional.empty(),
                "has ended, and its container is gone: somebody or the engine has removed it",
                List.of()));
    }

    @Override
    public ServerLog log() {
        return new ServerLog() {
            @Override
            public long size() {
                return 0;
            }

            @Override
            public List<String> lines(long from, int most) {
                return List.of();
            }

            @Override
            public long copy(long from, OutputStream to) {
                return from;
            }
        };
    }

    @Override
    public List<String> lastLogLines(int most) {
        return List.of();
    }
}
