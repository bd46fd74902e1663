package dev.paddock.docker.server;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.container.PackedData;
import dev.paddock.docker.container.ProgramOutput;
import dev.paddock.docker.container.Script;
import dev.paddock.docker.container.Volumes;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.docker.image.Origin;
import dev.paddock.docker.image.SnapshotImages;
import dev.paddock.home.Account;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.DataFormat;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.Secret;
import dev.paddock.oci.layer.DataArchive;
import dev.paddock.postgres.InitdbArguments;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an image's own entrypoint makes of an empty data directory: once per image and format. */
public final class EmptySnapshots {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final PaddockHome home;
    private final SnapshotStore store;
    private final Account account;
    private final Containers containers;
    private final Progress progress;

    public EmptySnapshots(
            PaddockHome home, SnapshotStore store, Account account, Containers containers, Progress progress) {
        this.home = home;
        this.store = store;
        this.account = account;
        this.containers = containers;
        this.progress = progress;
    }

    public Snapshot of(ImageFacts image, DataFormat format, Map<String, String> environment) {
        String key = "empty docker 2\n" + image.id() + "\n" + format + "\n" + environment;
        return store.soundByKey(key, () -> make(image, format, environment));
    }

    private Snapshot make(ImageFacts image, DataFormat format, Map<String, String> environment) {
        String activity = "preparing " + image.reference();
        progress.advance(activity, 0, 2);
        OwnFolder own = OwnFolder.create(home);
        try {
            initialise(image, format, environment, own);
            progress.advance(activity, 1, 2);
            return PackedData.in(
                    own,
                    store,
                    data -> store.add(new Draft(
                            data,
                            Optional.empty(),
                            account.foreignOwner(),
                            Kind.EMPTY,
                            image.version(),
                            Origin.of(image),
                            Optional.of(image.platform()),
                            format,
                            "postgres",
                            "postgres",
                            Optional.empty(),
                            Optional.empty(),
                            Set.of())));
        } finally {
            progress.advance(activity, 2, 2);
            own.delete();
        }
    }

    private void initialise(ImageFacts image, DataFormat format, Map<String, String> environment, OwnFolder own) {
        // Nobody ever connects with it: the server that it is for is shut down at once, and clones have their own.
        own.write("password", List.of(Secret.generate().value()));
        List<String> variables = new ArrayList<>(List.of(
                "PGDATA=" + SnapshotImages.DATA,
                "POSTGRES_USER=postgres",
                "POSTGRES_PASSWORD_FILE=" + OwnFolder.CONFIG + "/password",
                "POSTGRES_INITDB_ARGS="
                        + String.join(" ", InitdbArguments.of(image.version().major(), format))));
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        CreateContainerCmd create = containers
                .unprivileged(image.id(), image.owner(), "initialisation", Script.INITIALISE.command(entrypoint(image)))
                .withEnv(variables);
        own.bindTo(Containers.hostConfig(create));
        Volumes.own(Containers.hostConfig(create), containers.ours(), image.volumes());
        ProgramOutput output = new ProgramOutput();
        try {
            Container container = Container.start(containers.client(), create, output, id -> makeRoom(id, image));
            if (!container.awaitEnd(PATIENCE)) {
                container.end(Duration.ofSeconds(5));
            }
            containers.awaitGone(container.id());
        } catch (DockerException refused) {
            own.requireSeen(containers.engine(), Optional.empty(), refused);
            throw new PaddockException(
                    "can't prepare " + image.reference() + ": " + EngineFailure.reason(refused), refused);
        }
        if (!PackedData.isThere(own)) {
            List<String> lines = output.text().lines().toList();
            throw new PaddockException(
                    "the image " + image.reference() + " can't make a data directory; the last it says is:\n  "
                            + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 15), lines.size())),
                    "look at the locale and the encoding, and at the image's initialisation scripts");
        }
    }

    /** A folder of the server's own, outside of any volume of the image. */
    private void makeRoom(String container, ImageFacts image) {
        try {
            Path nothing = new Folders().draft(home.stateFolder("docker"));
            try {
                ByteArrayOutputStream archive = new ByteArrayOutputStream();
                DataArchive.write(nothing, SnapshotImages.DATA, image.owner(), archive);
                containers
                        .client()
                        .copyArchiveToContainerCmd(container)
                        .withRemotePath("/")
                        .withTarInputStream(new ByteArrayInputStream(archive.toByteArray()))
                        .exec();
            } finally {
                Folders.delete(nothing);
            }
        } catch (IOException failure) {
            throw new PaddockException("can't make a folder: " + failure.getMessage(), failure);
        }
    }

    /** What the image itself would start, told to start a server that nobody else reaches. */
    private String[] entrypoint(ImageFacts image) {
        InspectImageResponse facts =
                containers.client().inspectImageCmd(image.id()).exec();
        List<String> command = new ArrayList<>();
        if (facts.getConfig() != null && facts.getConfig().getEntrypoint() != null) {
            command.addAll(Arrays.asList(facts.getConfig().getEntrypoint()));
        }
        if (command.isEmpty()) {
            throw new PaddockException(
                    "the image " + image.reference() + " has no entrypoint that makes a data directory",
                    "name one that follows the official image postgres");
        }
        command.addAll(
                List.of("postgres", "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "lc_messages=C"));
        return command.toArray(String[]::new);
    }
}
