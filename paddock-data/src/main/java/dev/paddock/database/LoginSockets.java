package dev.paddock.database;

import dev.paddock.model.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Properties;
import javax.net.SocketFactory;
import org.postgresql.PGProperty;

/** Sockets that log in by themselves. Public since the driver makes it, by its name. */
public final class LoginSockets extends SocketFactory {
    private final Secret password;

    /** @param properties of the connection that is to be opened */
    public LoginSockets(Properties properties) {
        this.password = new Secret(properties.getProperty(PGProperty.PASSWORD.getName(), ""))
                .withSalted(
                        DriverConnections.parse(properties.getProperty(PGProperty.SOCKET_FACTORY_ARG.getName(), "")));
    }

    @Override
    public Socket createSocket() {
        return new LoginSocket(password);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(0));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(0));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, localPort));
    }

    private Socket connected(InetSocketAddress to, InetSocketAddress from) throws IOException {
        Socket socket = createSocket();
        socket.bind(from);
        socket.connect(to);
        return socket;
    }
}
