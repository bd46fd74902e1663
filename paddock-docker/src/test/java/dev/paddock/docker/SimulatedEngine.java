package dev.paddock.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Something that answers on a Unix socket as an engine does that is asked for its version, whatever else it is asked. No engine that is too old
 * can be had any more; what it would say of itself is all that Paddock ever asks of one.
 */
final class SimulatedEngine implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel server;

    private SimulatedEngine(Path socket, ServerSocketChannel server) {
        this.socket = socket;
        this.server = server;
    }

    /** @param body what each answer is */
    static SimulatedEngine answering(Path folder, String body) throws IOException {
        Path socket = folder.resolve("docker.sock");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        SimulatedEngine engine = new SimulatedEngine(socket, server);
        Thread answering = new Thread(() -> engine.answer(body), "simulated engine");
        answering.setDaemon(true);
        answering.start();
        return engine;
    }

    private void answer(String body) {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                StringBuilder request = new StringBuilder();
                ByteBuffer some = ByteBuffer.allocate(4096);
                while (request.indexOf("\r\n\r\n") < 0 && client.read(some.clear()) >= 0) {
                    request.append(StandardCharsets.US_ASCII.decode(some.flip()));
                }
                client.write(StandardCharsets.UTF_8.encode(
                        "HTTP/1.1 200 OK\r\nApi-Version: 1.30\r\nContent-Type: application/json"
                                + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body));
            } catch (IOException gone) {
                // The client, or this.
            }
        }
    }

    String address() {
        return "unix://" + socket;
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}
