package dev.paddock.database;

import dev.paddock.model.Secret;
import dev.paddock.wire.ScramExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;

/** A socket that answers the server's questions for a password itself, so that its user finds the login done. */
final class LoginSocket extends Socket {
    private final Secret password;
    private Optional<InputStream> in = Optional.empty();

    LoginSocket(Secret password) {
        this.password = password;
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in.isEmpty()) {
            in = Optional.of(new LoginStream(super.getInputStream(), getOutputStream(), ScramExchange.begin(password)));
        }
        return in.get();
    }
}
