package dev.paddock.server;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Secret;
import dev.paddock.model.ServerSpec;
import dev.paddock.wire.ScramVerifier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A server's password, made ready for logins on a thread of its own: that takes milliseconds, which the start of the server would like to
 * have. So where servers are started again and again, one password is ready before the next start.
 */
final class PreparedPassword {
    private static final AtomicReference<@Nullable Secret> AHEAD = new AtomicReference<>();
    private static final AtomicBoolean IS_USUAL = new AtomicBoolean();
    private static final AtomicBoolean IS_BEING_MADE = new AtomicBoolean();
    /** The first things that a new server is asked for come before the password of the next. */
    private static final long PAUSE_MILLIS = 50;

    private final FutureTask<Secret> salted;

    private PreparedPassword(FutureTask<Secret> salted) {
        this.salted = salted;
    }

    /** Of the spec's password, or of a new one. */
    static PreparedPassword begin(ServerSpec spec) {
        Secret ready = spec.password().isPresent() ? null : AHEAD.getAndSet(null);
        FutureTask<Secret> salted = new FutureTask<>(() ->
                ready != null ? ready : ScramVerifier.salted(spec.password().orElseGet(Secret::generate)));
        if (ready != null) {
            salted.run();
        } else {
            inBackground(salted);
        }
        return new PreparedPassword(salted);
    }

    Secret await() {
        try {
            Secret password = salted.get();
            prepareNext();
            return password;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while a server's password was made", interrupted);
        } catch (ExecutionException failure) {
            throw new PaddockException("can't make a server's password: " + failure.getCause(), failure);
        }
    }

    /** Not after the first: a command line, for one, starts no other. */
    private static void prepareNext() {
        if (!IS_USUAL.getAndSet(true) || AHEAD.get() != null || IS_BEING_MADE.getAndSet(true)) {
            return;
        }
        CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, PreparedPassword::inBackground)
                .execute(() -> {
                    AHEAD.set(ScramVerifier.salted(Secret.generate()));
                    IS_BEING_MADE.set(false);
                });
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "paddock-password");
        thread.setDaemon(true);
        thread.start();
    }
}
