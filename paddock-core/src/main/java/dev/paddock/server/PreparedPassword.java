package dev.paddock.server;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Secret;
import dev.paddock.model.ServerSpec;
import dev.paddock.wire.ScramVerifier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A server's password, made ready for logins on a thread of its own while the server starts: that takes milliseconds. */
final class PreparedPassword {
    private final FutureTask<Secret> salted;

    private PreparedPassword(FutureTask<Secret> salted) {
        this.salted = salted;
    }

    /** Of the spec's password, or of a new one. */
    static PreparedPassword begin(ServerSpec spec) {
        FutureTask<Secret> salted =
                new FutureTask<>(() -> ScramVerifier.salted(spec.password().orElseGet(Secret::generate)));
        Thread thread = new Thread(salted, "paddock-password");
        thread.setDaemon(true);
        thread.start();
        return new PreparedPassword(salted);
    }

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
