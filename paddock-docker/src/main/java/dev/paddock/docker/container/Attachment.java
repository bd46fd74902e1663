package dev.paddock.docker.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a container. The kernel closes them if this process dies, and the container's input with them, which is how it learns that
 * its owner is gone. Its output goes to where its opener says, and ends when the container does. Thread-safe.
 */
final class Attachment extends ResultCallback.Adapter<Frame> {
    private final OutputStream output;
    private final Input input = new Input();
    private volatile boolean opened;
    private volatile boolean ended;

    Attachment(OutputStream output) {
        this.output = output;
    }

    /** What the engine's client reads to send it to the container. */
    InputStream input() {
        return input;
    }

    @Override
    public void onStart(Closeable stream) {
        super.onStart(stream);
        opened = true;
    }

    @Override
    public void onNext(Frame frame) {
        try {
            output.write(frame.getPayload());
        } catch (IOException nobodyReads) {
            ended = true;
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The engine is gone, or we have left; either way nothing more comes.
        finish();
    }

    @Override
    public void onComplete() {
        super.onComplete();
        finish();
    }

    private void finish() {
        ended = true;
        // Whoever reads for the container would write to a connection that is closed.
        input.offer(Input.END);
        try {
            output.close();
        } catch (IOException nothingToSave) {
            // What was written is there.
        }
    }

    boolean isOpened() {
        return opened || ended;
    }

    /** Whether the container has ended, or nobody knows of it any more. */
    boolean isEnded() {
        return ended;
    }

    boolean awaitEnd(Duration patience) {
        return Deadline.in(patience).await(() -> ended);
    }

    /** Does nothing once the container has ended. */
    void send(String line) {
        if (ended) {
            return;
        }
        input.offer((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Waits until the engine has all that was sent: what is only about to be, nobody sends when this process ends. */
    void awaitSent(Duration patience) {
        if (!Deadline.in(patience).await(() -> ended || input.isRead())) {
            throw new PaddockException("the engine doesn't take what is sent to a container");
        }
    }

    /** Nothing more will be sent. The container doesn't notice: that its input ends it learns when this process does. */
    void endInput() {
        input.offer(Input.END);
    }

    /** Bytes as they come, and the end when it is told. */
    private static final class Input extends InputStream {
        static final byte[] END = {};

        private final BlockingQueue<byte[]> parts = new LinkedBlockingQueue<>();
        private final AtomicInteger offered = new AtomicInteger();
        private final AtomicInteger sent = new AtomicInteger();
        private byte @Nullable [] part;
        private int position;

        void offer(byte[] bytes) {
            offered.incrementAndGet();
            parts.add(bytes);
        }

        boolean isRead() {
            return sent.get() >= offered.get();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                byte[] current = part;
                while (current == null || position == current.length) {
                    if (current != null) {
                        // Whoever asks for more has passed on what it had.
                        part = null;
                        sent.incrementAndGet();
                    }
                    current = parts.take();
                    if (current.length == 0) {
                        parts.add(END);
                        return -1;
                    }
                    part = current;
                    position = 0;
                }
                int count = Math.min(length, current.length - position);
                System.arraycopy(current, position, target, offset, count);
                position += count;
                return count;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }
    }
}
