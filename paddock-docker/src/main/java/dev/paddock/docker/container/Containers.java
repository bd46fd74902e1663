package dev.paddock.docker.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.StreamType;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.docker.connection.EngineAddress;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.ServerEnd;
import dev.paddock.oci.layer.Owner;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What all containers of Paddock have in common: no privileges, removed by the engine, ours by their labels. Thread-safe. */
public final class Containers {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration TO_REMOVE = Duration.ofSeconds(30);
    private static final int LINES_KEPT = 50;

    private final EngineAddress address;
    private final DockerClient client;
    private final Ours ours;

    public Containers(DockerConnection connection, Ours ours) {
        this(connection.client(), connection.address(), ours);
    }

    public Containers(DockerClient client, EngineAddress address, Ours ours) {
        this.address = address;
        this.client = client;
        this.ours = ours;
    }

    /** Its address, to tell it from others by. */
    public String engine() {
        return address.uri().toString();
    }

    public DockerClient client() {
        return client;
    }

    public Ours ours() {
        return ours;
    }

    /** What a description says of the host, to be completed. */
    public static HostConfig hostConfig(CreateContainerCmd create) {
        return Objects.requireNonNull(create.getHostConfig());
    }

    /** Of any container: the engine removes it when it has ended, and its processes are not too many, have no capability and can gain none. */
    public static HostConfig restricted() {
        return HostConfig.newHostConfig()
                .withAutoRemove(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withPidsLimit(ResourceLimits.USUAL_PROCESSES);
    }

    /** A description to be completed. Its processes have no capability and can gain none. */
    public CreateContainerCmd unprivileged(String image, Owner owner, String kind, List<String> command) {
        return client.createContainerCmd(image)
                .withUser(owner.uid() + ":" + owner.gid())
                .withEntrypoint(command)
                .withCmd(List.of())
                .withLabels(ours.labels(kind))
                .withHostConfig(restricted());
    }

    /**
     * Runs a command to its end.
     *
     * @return its output, lines of both streams, up to as much as {@link ProgramOutput} keeps
     * @throws PaddockException if it can't be started
     */
    public String run(CreateContainerCmd create, String what) {
        ProgramOutput output = new ProgramOutput();
        try {
            Container container = Container.start(client, create, output);
            if (!container.awaitEnd(PATIENCE)) {
                container.end(Duration.ofSeconds(1));
                throw new PaddockException(what + " doesn't end");
            }
            awaitGone(container.id());
            return output.text();
        } catch (DockerException refused) {
            throw new PaddockException(what + " can't be run: " + EngineFailure.reason(refused), refused);
        }
    }

    /**
     * Runs a command inside of a running container.
     *
     * @return its output, lines of both streams, up to as much as {@link ProgramOutput} keeps
     * @throws PaddockException with its output if it fails
     */
    public String runInside(String container, List<String> command, String what) {
        ProgramOutput output = new ProgramOutput();
        execute(container, command, output, output, what);
        return output.text();
    }

    /** Like {@link #runInside}, with its output going elsewhere than what it complains of. */
    public void streamInside(String container, List<String> command, OutputStream to, String what) {
        execute(container, command, to, new ProgramOutput(), what);
    }

    private void execute(
            String container, List<String> command, OutputStream to, ProgramOutput complaints, String what) {
        try {
            String exec = client.execCreateCmd(container)
                    .withCmd(command.toArray(String[]::new))
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .exec()
                    .getId();
            boolean ended = client.execStartCmd(exec)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            write(frame.getPayload(), frame.getStreamType() == StreamType.STDERR ? complaints : to);
                        }
                    })
                    .awaitCompletion(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Long code = client.inspectExecCmd(exec).exec().getExitCodeLong();
            if (!ended || code == null || code != 0) {
                throw new PaddockException(
                        what + " failed: " + complaints.text().strip());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted", interrupted);
        } catch (DockerException refused) {
            throw new PaddockException(what + " failed: " + EngineFailure.reason(refused), refused);
        }
    }

    private static void write(byte[] bytes, OutputStream to) {
        try {
            to.write(bytes);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** Has a server shut down in order, and packs what it leaves in its data directory into the folder that it shares with the host. */
    public void packDown(String container, String data) {
        runInside(container, Script.CONCLUDE.command(data), "to take the data of a server");
    }

    /** Has a server shut down in order; it is killed if that takes longer. Silent if it is gone. */
    public void stop(String id, Duration patience) {
        try {
            client.stopContainerCmd(id).withTimeout((int) patience.toSeconds()).exec();
        } catch (NotFoundException | NotModifiedException gone) {
            // By itself.
        }
    }

    /** The container that works on a folder of the user's, if one does; whoever's it is. */
    public Optional<String> userOf(Path folder) {
        return client.listContainersCmd().withLabelFilter(List.of(Ours.DATA + "=" + folder)).exec().stream()
                .findAny()
                .map(each -> each.getId().substring(0, 12));
    }

    /** Its first process as the host sees it, if the host does. */
    public Optional<ProcessStamp> process(String id) {
        Long pid = client.inspectContainerCmd(id).exec().getState().getPidLong();
        return pid == null ? Optional.empty() : ProcessStamp.of(pid);
    }

    /** Where it is reached from this machine, without a port of the machine's own. */
    public String address(String id) {
        return client.inspectContainerCmd(id).exec().getNetworkSettings().getNetworks().values().stream()
                .map(network -> String.valueOf(network.getIpAddress()))
                .findFirst()
                .orElse("");
    }

    /** Waits until the engine has removed one that has ended, and with it its hold on networks and volumes. */
    public void awaitGone(String id) {
        if (!Deadline.in(TO_REMOVE).await(() -> !exists(id))) {
            throw new PaddockException(
                    "the engine doesn't remove the container " + id.substring(0, 12),
                    "remove it with: docker rm -f " + id.substring(0, 12));
        }
    }

    private boolean exists(String id) {
        try {
            client.inspectContainerCmd(id).exec();
            return true;
        } catch (DockerException failure) {
            return stays(failure);
        }
    }

    public boolean isRunning(String id) {
        try {
            return Boolean.TRUE.equals(
                    client.inspectContainerCmd(id).exec().getState().getRunning());
        } catch (DockerException failure) {
            return stays(failure);
        } catch (RuntimeException noAnswer) {
            throw EngineFailure.unreachable(address, noAnswer);
        }
    }

    /** How one ended that doesn't run, with the last that it said, as far as the engine has kept it. */
    public ServerEnd end(String id) {
        try {
            InspectContainerResponse.ContainerState state =
                    client.inspectContainerCmd(id).exec().getState();
            long code = Objects.requireNonNullElse(state.getExitCodeLong(), 0L);
            String reason = Boolean.TRUE.equals(state.getOOMKilled())
                    ? "was killed by the kernel since it reached its limit of memory (exit code " + code + ")"
                    : ServerEnd.reason((int) code);
            return new ServerEnd(
                    finished(state.getFinishedAt()), reason, new ContainerLog(client, id).lastLines(LINES_KEPT));
        } catch (DockerException failure) {
            if (!stays(failure)) {
                return new ServerEnd(
                        Optional.empty(),
                        "has ended, and its container is gone: somebody or the engine has removed it",
                        List.of());
            }
            throw failure;
        } catch (RuntimeException noAnswer) {
            throw EngineFailure.unreachable(address, noAnswer);
        }
    }

    private static Optional<Instant> finished(@Nullable String time) {
        try {
            return Optional.ofNullable(time).map(Instant::parse).filter(at -> at.isAfter(Instant.EPOCH));
        } catch (DateTimeParseException inAnotherForm) {
            return Optional.empty();
        }
    }

    /**
     * Those of a stack, whether they run or not.
     *
     * @param kind of what is wanted
     */
    public List<com.github.dockerjava.api.model.Container> ofStack(String stack, String kind) {
        try {
            return Ours.originals(client.listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(
                            List.of(Ours.HOME + "=" + ours.home(), Ours.STACK + "=" + stack, Ours.KIND + "=" + kind))
                    .exec());
        } catch (DockerException refused) {
            throw new PaddockException("the engine doesn't tell: " + EngineFailure.reason(refused), refused);
        } catch (RuntimeException noAnswer) {
            throw EngineFailure.unreachable(address, noAnswer);
        }
    }

    private static boolean stays(DockerException failure) {
        if (EngineFailure.isGone(failure)) {
            return false;
        }
        throw new PaddockException("the engine doesn't tell: " + EngineFailure.reason(failure), failure);
    }

    /** Removes all of a stack, its server included. */
    public void removeStack(String stack) {
        Ours.originals(client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of(Ours.HOME + "=" + ours.home(), Ours.STACK + "=" + stack))
                        .exec())
                .forEach(each -> Container.remove(client, each.getId()));
    }
}
