package dev.paddock.docker.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A container that lives as long as its owner: this process, until it lets go of it. The engine removes it, with its volumes without a name,
 * when it has ended. Thread-safe; whoever started it ends it.
 */
public final class Container {
    private static final Duration TO_ATTACH = Duration.ofSeconds(30);

    private static final Duration LAST_MOMENT = Duration.ofMillis(300);

    private final DockerClient client;
    private final String id;
    private final Attachment attachment;
    /** Whether the engine removes it by itself when it has ended. */
    private final boolean transitory;

    private Container(DockerClient client, String id, Attachment attachment, boolean transitory) {
        this.transitory = transitory;
        this.client = client;
        this.id = id;
        this.attachment = attachment;
    }

    /**
     * Starts one; nothing is left of it if that fails.
     *
     * @param create all that is wanted of it, but for its streams
     * @param output where it goes; closed with the container
     * @throws DockerException if the engine refuses
     */
    public static Container start(DockerClient client, CreateContainerCmd create, OutputStream output) {
        return start(client, create, output, id -> {});
    }

    /** Like {@link #start(DockerClient, CreateContainerCmd, OutputStream)}, with something to be done before it runs. */
    public static Container start(
            DockerClient client, CreateContainerCmd create, OutputStream output, Consumer<String> before) {
        String id = create.withStdinOpen(true)
                .withStdInOnce(true)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        Attachment attachment = new Attachment(output);
        try {
            client.attachContainerCmd(id)
                    .withStdIn(attachment.input())
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(attachment);
            if (!Deadline.in(TO_ATTACH).await(attachment::isOpened)) {
                throw new PaddockException("the engine doesn't attach to a container that it has just made");
            }
            before.accept(id);
            client.startContainerCmd(id).exec();
            return new Container(client, id, attachment, isTransitory(create));
        } catch (RuntimeException failure) {
            attachment.endInput();
            remove(client, id);
            throw failure;
        }
    }

    private static boolean isTransitory(CreateContainerCmd create) {
        return create.getHostConfig() != null
                && Boolean.TRUE.equals(create.getHostConfig().getAutoRemove());
    }

    /** Removes a container whatever it does; silent if it is gone. */
    public static void remove(DockerClient client, String id) {
        remove(client, id, true);
    }

    /** Removes a container unless it runs; silent then, or if it is gone. */
    public static void removeStopped(DockerClient client, String id) {
        remove(client, id, false);
    }

    private static void remove(DockerClient client, String id, boolean running) {
        try {
            client.removeContainerCmd(id)
                    .withForce(running)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (DockerException refused) {
            // The engine is removing it already, or it runs, which both are a conflict; or it has gone by itself.
            if (refused.getHttpStatus() != 409 && !EngineFailure.isGone(refused)) {
                throw new PaddockException(
                        "can't remove the container " + id + ": " + EngineFailure.reason(refused),
                        "remove it with: docker rm -f " + id,
                        refused);
            }
        }
    }

    public String id() {
        return id;
    }

    public boolean isRunning() {
        return !attachment.isEnded();
    }

    public boolean awaitEnd(Duration patience) {
        return attachment.awaitEnd(patience);
    }

    /** Says a word to it that its script understands; does nothing once it has ended. */
    public void tell(String word) {
        attachment.send(word);
    }

    /** Lets it live without this process, if it understands that. */
    public void detach() {
        tell("detach");
        attachment.awaitSent(TO_ATTACH);
    }

    /** Tells it to end, and waits until it has; if it doesn't at once, it is killed. */
    public void end(Duration patience) {
        end(() -> false, LAST_MOMENT, patience);
    }

    /**
     * Like {@link #end(Duration)}, but doesn't wait for what is left to the engine.
     *
     * @param isOver whether all in it has ended that anybody could notice
     */
    public void end(BooleanSupplier isOver, Duration patience) {
        end(isOver, LAST_MOMENT, patience);
    }

    /** Like {@link #end}, but gives it this long before it is killed. */
    public void endInOrder(Duration grace) {
        end(() -> false, grace, grace);
    }

    private void end(BooleanSupplier isOver, Duration grace, Duration patience) {
        if (!transitory) {
            // Told to end by itself, it would be restarted.
            try {
                client.stopContainerCmd(id).withTimeout((int) grace.toSeconds()).exec();
            } catch (NotFoundException | NotModifiedException gone) {
                // By itself.
            }
            attachment.endInput();
            remove(client, id);
            return;
        }
        tell("end");
        attachment.endInput();
        if (Deadline.in(grace).await(() -> attachment.isEnded() || isOver.getAsBoolean())) {
            return;
        }
        remove(client, id);
        attachment.awaitEnd(patience);
    }
}
