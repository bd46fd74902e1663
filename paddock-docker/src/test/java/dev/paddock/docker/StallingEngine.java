package dev.paddock.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to the real engine that can be made to stand still: connections are taken, and nothing is passed on. */
final class StallingEngine implements AutoCloseable {
    private final Path socket;
    private final Path engine;
    private final ServerSocketChannel server;
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
    private volatile boolean stalled;

    private StallingEngine(Path socket, Path engine, ServerSocketChannel server) {
        this.socket = socket;
        this.engine = engine;
        this.server = server;
    }

    static StallingEngine before(Path engine, Path folder) throws IOException {
        Path socket = folder.resolve("stalling.sock");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        StallingEngine stalling = new StallingEngine(socket, engine, server);
        stalling.run(stalling::accept);
        return stalling;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException ended) {
                        // By either side, or by the test.
                    }
                },
                "stalling engine");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (server.isOpen()) {
            SocketChannel client = server.accept();
            SocketChannel behind = SocketChannel.open(UnixDomainSocketAddress.of(engine));
            open.addAll(List.of(client, behind));
            run(() -> pass(client, behind));
            run(() -> pass(behind, client));
        }
    }

    private void pass(SocketChannel from, SocketChannel to) throws IOException {
        try (to) {
            ByteBuffer some = ByteBuffer.allocate(8192);
            while (from.read(some.clear()) >= 0) {
                some.flip();
                while (some.hasRemaining() && !stalled) {
                    to.write(some);
                }
                if (stalled) {
                    synchronized (this) {
                        while (stalled) {
                            wait();
                        }
                    }
                    to.write(some);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    String address() {
        return "unix://" + socket;
    }

    void stall() {
        stalled = true;
    }

    synchronized void goOn() {
        stalled = false;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        goOn();
        server.close();
        for (SocketChannel each : open) {
            each.close();
        }
        Files.deleteIfExists(socket);
    }
}
