package dev.paddock.wire;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a channel that didn't open in time: a blocking channel has no time-out of its own, and a selector costs more. */
final class OpeningWatch implements Runnable, AutoCloseable {
    private final SocketChannel channel;
    private final Duration timeout;
    private final CountDownLatch opened = new CountDownLatch(1);
    private volatile boolean expired;

    private OpeningWatch(SocketChannel channel, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
    }

    static OpeningWatch over(SocketChannel channel, Duration timeout) {
        OpeningWatch watch = new OpeningWatch(channel, timeout);
        Thread thread = new Thread(null, watch, "paddock-opening-watch", 64 * 1024);
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    @Override
    public void run() {
        try {
            if (!opened.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                expired = true;
                channel.close();
            }
        } catch (InterruptedException | IOException endOfWatch) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was this watch that closed the channel. */
    boolean expired() {
        return expired;
    }

    PaddockException timeout(Object address) {
        return new PaddockException(
                "PostgreSQL at " + address + " did not answer within " + timeout.toMillis() + " ms",
                "look into its log, or allow more time");
    }

    @Override
    public void close() {
        opened.countDown();
    }
}
