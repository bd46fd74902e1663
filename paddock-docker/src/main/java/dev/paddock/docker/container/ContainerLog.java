package dev.paddock.docker.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.engine.ServerLog;
import dev.paddock.model.PaddockException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the engine kept of a container's output. */
public record ContainerLog(DockerClient client, String container) implements ServerLog {
    private static final int MOST_BYTES = 64 * 1024;

    private byte[] all() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try {
            client.logContainerCmd(container)
                    .withStdOut(true)
                    .withStdErr(true)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            log.writeBytes(frame.getPayload());
                        }
                    })
                    .awaitCompletion(1, TimeUnit.MINUTES);
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
        return log.toByteArray();
    }

    @Override
    public long size() {
        return all().length;
    }

    @Override
    public List<String> lines(long from, int most) {
        byte[] log = all();
        int begin = (int) Math.min(log.length, Math.max(from, log.length - (long) most));
        return new String(log, begin, log.length - begin, StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Override
    public long copy(long from, OutputStream to) throws IOException {
        byte[] log = all();
        int begin = (int) Math.min(log.length, from);
        to.write(log, begin, log.length - begin);
        return log.length;
    }

    /** The last lines; of a log that the engine doesn't keep, one that says so. */
    public List<String> lastLines(int most) {
        List<String> lines;
        try {
            lines = lines(0, MOST_BYTES);
        } catch (PaddockException unreadable) {
            return List.of("(" + unreadable.getMessage() + ")");
        }
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }
}
