package dev.paddock.benchmark.subject;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The least that a server can take: a bare {@code postgres} on a directory that is ready in memory, trusting whoever asks.
 * Laying out and clearing away the directory is not measured.
 */
final class FloorSubject implements Subject {
    /** Below those that the system gives to clients. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 31_999;

    private final FloorKit kit;
    private final boolean owned;
    private final Map<String, String> settings;
    private final Set<FloorServer> running = ConcurrentHashMap.newKeySet();
    private final Queue<Path> cleared = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ports;

    private FloorSubject(FloorKit kit, boolean owned, Map<String, String> settings, int firstPort) {
        this.kit = kit;
        this.owned = owned;
        this.settings = settings;
        this.ports = new AtomicInteger(firstPort);
    }

    /** Removes the kit when it is closed, or else when the JVM ends. */
    static FloorSubject owning(FloorKit kit) {
        FloorSubject floor = new FloorSubject(kit, true, kit.settings(), firstPort());
        Runtime.getRuntime().addShutdownHook(new Thread(floor::close, "floor-clean-up"));
        return floor;
    }

    /** Leaves the kit to whoever made it. */
    static FloorSubject borrowing(FloorKit kit) {
        return new FloorSubject(kit, false, kit.settings(), firstPort());
    }

    /** Processes that measure at the same time shouldn't begin with the same one. */
    private static int firstPort() {
        return FIRST_PORT + (int) (ProcessHandle.current().pid() % 8_000);
    }

    FloorKit kit() {
        return kit;
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public Start prepare() {
        clear();
        int port = freePort();
        Path data = kit.folder().resolve("server-" + port);
        Shell.run("cp", "--archive", kit.data().toString(), data.toString());
        return () -> {
            FloorServer server = FloorServer.start(kit, settings, data, port, this::ended);
            running.add(server);
            return server;
        };
    }

    private int freePort() {
        while (true) {
            int port = ports.getAndUpdate(last -> last == LAST_PORT ? FIRST_PORT : last + 1);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                if (running.size() > LAST_PORT - FIRST_PORT) {
                    throw new PaddockException("there is no free port", taken);
                }
            }
        }
    }

    private void ended(FloorServer server) {
        if (running.remove(server)) {
            cleared.add(server.data());
        }
    }

    private void clear() {
        for (Path data = cleared.poll(); data != null; data = cleared.poll()) {
            Shell.run("rm", "--recursive", "--force", data.toString());
        }
    }

    @Override
    public void close() {
        running.forEach(FloorServer::close);
        clear();
        if (owned) {
            kit.remove();
        }
    }
}
