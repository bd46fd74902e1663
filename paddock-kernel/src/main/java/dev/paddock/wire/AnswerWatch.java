package dev.paddock.wire;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes a channel whose server doesn't answer in time: a blocking channel has no time-out of its own, and a selector costs more.
 * The connection's thread says when it begins to wait and when it has its answer; a thread of this watch looks at that now and
 * then, so that a statement costs two writes to memory and wakes nobody.
 */
final class AnswerWatch implements Runnable {
    /** It looks so many times within the patience, and so gives up late by this part of it at most. */
    private static final int LOOKS = 8;

    private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();
    private static final long NOBODY_WAITS = 0;

    private final SocketChannel channel;
    private final Object address;
    private final Thread thread;
    private volatile Duration patience;
    private volatile long since = NOBODY_WAITS;
    private volatile boolean sleeps;
    private volatile boolean expired;
    private volatile boolean over;

    private AnswerWatch(SocketChannel channel, Object address, Duration patience) {
        this.channel = channel;
        this.address = address;
        this.patience = patience;
        this.thread = new Thread(null, this, "paddock-answer-watch", 64 * 1024);
        thread.setDaemon(true);
    }

    /** One that is told of the first wait already. */
    static AnswerWatch begin(SocketChannel channel, Object address, Duration patience) {
        AnswerWatch watch = new AnswerWatch(channel, address, patience);
        watch.waiting();
        watch.thread.start();
        return watch;
    }

    /** From the next wait on. */
    void patience(Duration perAnswer) {
        patience = perAnswer;
        LockSupport.unpark(thread);
    }

    Duration patience() {
        return patience;
    }

    /** The connection waits for an answer from now on. */
    void waiting() {
        long now = System.nanoTime();
        since = now == NOBODY_WAITS ? 1 : now;
        if (sleeps) {
            LockSupport.unpark(thread);
        }
    }

    /** The answer is there. */
    void answered() {
        since = NOBODY_WAITS;
    }

    @Override
    public void run() {
        boolean idle = false;
        while (!over) {
            long begun = since;
            long limit = nanos(patience);
            if (begun == NOBODY_WAITS && idle) {
                sleeps = true;
                if (since == NOBODY_WAITS && !over) {
                    LockSupport.park(this);
                }
                sleeps = false;
                idle = false;
            } else if (begun != NOBODY_WAITS && System.nanoTime() - begun >= limit) {
                expire();
            } else {
                idle = begun == NOBODY_WAITS;
                LockSupport.parkNanos(this, Math.min(LONGEST_PAUSE, Math.max(1_000_000, limit / LOOKS)));
            }
        }
    }

    private static long nanos(Duration duration) {
        return duration.toSeconds() >= Integer.MAX_VALUE ? Long.MAX_VALUE : duration.toNanos();
    }

    private void expire() {
        expired = true;
        over = true;
        try {
            channel.close();
        } catch (IOException closedAlready) {
            // That is what was wanted.
        }
    }

    /** Whether it was this watch that closed the channel. */
    boolean expired() {
        return expired;
    }

    PaddockException timeout() {
        Duration limit = patience;
        return new PaddockException(
                "PostgreSQL at " + address + " did not answer within "
                        + (limit.toMillis() < 10_000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s"),
                "look into its log, and whether its processes are stopped or wait for a lock");
    }

    void end() {
        over = true;
        LockSupport.unpark(thread);
    }
}
