package dev.paddock.server;

import dev.paddock.model.Secret;
import dev.paddock.model.ServerSpec;
import dev.paddock.wire.ScramVerifier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes servers' passwords ready for logins, which takes milliseconds of a processor, on threads beside the starts. Where servers are
 * started again and again, one password is ready before the next start. Thread-safe.
 */
final class Passwords {
    /** The first things that a new server is asked for come before the password of the next. */
    private static final long PAUSE_MILLIS = 50;

    private final AtomicReference<@Nullable PreparedPassword> ahead = new AtomicReference<>();
    private final AtomicBoolean isUsual = new AtomicBoolean();
    /** From when one is ordered ahead until it is taken. */
    private final AtomicBoolean isOrdered = new AtomicBoolean();

    /** Of the spec's password, or of a new one. */
    PreparedPassword begin(ServerSpec spec) {
        PreparedPassword ready = spec.password().isPresent() ? null : ahead.getAndSet(null);
        if (ready != null) {
            isOrdered.set(false);
            return ready;
        }
        FutureTask<Secret> task = salting(spec.password().orElseGet(Secret::generate));
        inBackground(task);
        return new PreparedPassword(task);
    }

    /** Called when a server has its password. Not after the first: a command line, for one, starts no other. */
    void prepareNext() {
        if (isUsual.getAndSet(true) && isOrdered.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, Passwords::inBackground)
                    .execute(() -> {
                        FutureTask<Secret> task = salting(Secret.generate());
                        task.run();
                        ahead.set(new PreparedPassword(task));
                    });
        }
    }

    private static FutureTask<Secret> salting(Secret password) {
        return new FutureTask<>(() -> ScramVerifier.salted(password));
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "paddock-password");
        thread.setDaemon(true);
        thread.start();
    }
}
