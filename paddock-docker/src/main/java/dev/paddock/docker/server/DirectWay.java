package dev.paddock.docker.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * The way from this machine to a container's own address, past the engine's proxy, which all else on loopback passes through and which makes each round trip
 * three times as long. Where containers are in another machine or network namespace there is none. Thread-safe.
 */
public final class DirectWay {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PATIENCE_MILLIS = 250;

    private enum Known {
        NOTHING,
        OPEN,
        CLOSED
    }

    private volatile Known known = Known.NOTHING;

    /** To a server that accepts connections. Tried once; other containers of the same engine are as far. */
    public Optional<InetSocketAddress> to(ServerStart.Started server) {
        Place place = server.place();
        if (known == Known.CLOSED || !place.host().equals(LOOPBACK)) {
            return Optional.empty();
        }
        Optional<InetSocketAddress> address = Optional.of(server.address())
                .filter(text -> text.matches("\\d+(\\.\\d+){3}"))
                .map(text -> new InetSocketAddress(text, place.inside()));
        if (address.isPresent() && known == Known.NOTHING) {
            known = isOpen(address.get()) ? Known.OPEN : Known.CLOSED;
        }
        return address.filter(way -> known == Known.OPEN);
    }

    private static boolean isOpen(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }
}
