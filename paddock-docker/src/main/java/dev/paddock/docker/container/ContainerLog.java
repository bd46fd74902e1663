package dev.paddock.docker.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.engine.ServerLog;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the engine kept of a container's output. */
public record ContainerLog(DockerClient client, String container) implements ServerLog {
    private static final int MOST_BYTES = 64 * 1024;

    /**
     * Passes it on as it comes, since a server's programs can write as much as they like.
     *
     * @param tail how many lines of its end; empty for all
     */
    private void stream(OptionalInt tail, OutputStream to) throws IOException {
        LogContainerCmd command =
                client.logContainerCmd(container).withStdOut(true).withStdErr(true);
        tail.ifPresent(command::withTail);
        Passing passing = new Passing(to);
        try (passing) {
            command.exec(passing).awaitCompletion(1, TimeUnit.MINUTES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted", interrupted);
        } catch (DockerException refused) {
            String reason = EngineFailure.reason(refused);
            if (reason.contains("does not support reading")) {
                throw new PaddockException(
                        "the engine can't show the log of the container " + container.substring(0, 12)
                                + ": its log driver keeps nothing that can be read",
                        "look at where that driver takes it, or choose json-file or local",
                        refused);
            }
            // Else it is gone, with its container.
        }
        passing.requireWritten();
    }

    private static final class Passing extends ResultCallback.Adapter<Frame> {
        private final OutputStream to;
        private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

        Passing(OutputStream to) {
            this.to = to;
        }

        @Override
        public void onNext(Frame frame) {
            try {
                if (failure.get() == null) {
                    to.write(frame.getPayload());
                }
            } catch (IOException enough) {
                failure.set(enough);
                onComplete();
            }
        }

        void requireWritten() throws IOException {
            IOException reason = failure.get();
            if (reason != null) {
                throw reason;
            }
        }
    }

    /** Counts what comes, and keeps the end of it. */
    private static final class End extends OutputStream {
        private final int most;
        private byte[] kept = new byte[0];
        private long size;

        End(int most) {
            this.most = most;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            size += length;
            int old = Math.min(kept.length, Math.max(0, most - length));
            int added = Math.min(length, most);
            byte[] end = new byte[old + added];
            System.arraycopy(kept, kept.length - old, end, 0, old);
            System.arraycopy(from, offset + length - added, end, old, added);
            kept = end;
        }
    }

    private End end(OptionalInt tail, int most) {
        End end = new End(most);
        try {
            stream(tail, end);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return end;
    }

    @Override
    public long size() {
        return end(OptionalInt.empty(), 0).size;
    }

    @Override
    public List<String> lines(long from, int most) {
        End end = end(OptionalInt.empty(), most);
        int wanted = (int) Math.min(end.kept.length, Math.max(0, end.size - from));
        return lines(end.kept, wanted);
    }

    private static List<String> lines(byte[] kept, int wanted) {
        return new String(kept, kept.length - wanted, wanted, StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Override
    public long copy(long from, OutputStream to) throws IOException {
        Rest rest = new Rest(from, to);
        stream(OptionalInt.empty(), rest);
        return rest.seen;
    }

    /** Passes on what comes after the beginning. */
    private static final class Rest extends OutputStream {
        private final long from;
        private final OutputStream to;
        private long seen;

        Rest(long from, OutputStream to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] text, int offset, int length) throws IOException {
            int known = (int) Math.min(length, Math.max(0, from - seen));
            seen += length;
            to.write(text, offset + known, length - known);
        }
    }

    /** The last lines; of a log that the engine doesn't keep, one that says so. */
    public List<String> lastLines(int most) {
        List<String> lines;
        try {
            byte[] kept = end(OptionalInt.of(most), MOST_BYTES).kept;
            lines = lines(kept, kept.length);
        } catch (PaddockException unreadable) {
            return List.of("(" + unreadable.getMessage() + ")");
        }
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }
}
