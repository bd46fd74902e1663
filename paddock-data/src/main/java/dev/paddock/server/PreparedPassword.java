package dev.paddock.server;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Secret;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A server's password that is being made ready for logins while the server starts. */
record PreparedPassword(Future<Secret> salted) {

    Secret await() {
        try {
            return salted.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while a server's password was made", interrupted);
        } catch (ExecutionException failure) {
            throw new PaddockException("can't make a server's password: " + failure.getCause(), failure);
        }
    }
}
