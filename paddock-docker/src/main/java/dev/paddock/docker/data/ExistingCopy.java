package dev.paddock.docker.data;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.HostPaths;
import dev.paddock.docker.container.Volumes;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.docker.image.Images;
import dev.paddock.docker.image.Origin;
import dev.paddock.home.ProcessStamp;
import dev.paddock.home.UntrustedFile;
import dev.paddock.model.ByteSize;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.ExistingData;
import dev.paddock.model.ForeignVariables;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PullPolicy;
import dev.paddock.model.ServerSpec;
import dev.paddock.oci.layer.DataArchive;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Copies data that was there before Paddock out of wherever it is. */
public record ExistingCopy(Containers containers, Images images) {
    /** Where the official images had it, before they told. */
    static final String USUAL_DATA = "/var/lib/postgresql/data";

    /**
     * What was copied.
     *
     * @param image of what its server is to run
     */
    public record Copied(FoundData found, ImageFacts image) {}

    /**
     * @param to doesn't exist yet
     * @throws PaddockException if a server works on it that nothing is known of, or it holds none's data
     */
    public Copied take(ExistingData source, ServerSpec spec, Path to) throws IOException {
        if (source instanceof ExistingData.OfContainer container) {
            return ofContainer(container.name(), spec, to);
        }
        DataLook look = new DataLook(containers);
        String place;
        if (source instanceof ExistingData.InFolder folder) {
            if (!Files.isDirectory(folder.folder())) {
                throw new PaddockException("there is no folder " + folder.folder(), "correct the path");
            }
            place = folder.folder().toRealPath().toString();
            look.requireUnused(source.toString(), Path.of(place));
        } else {
            place = ((ExistingData.InVolume) source).name();
            look.requireUnused(source.toString(), Volumes.mountpoint(containers.client(), place));
        }
        FoundData found = look.at(place, images.any(spec.container()).id()).only(source.toString());
        if (source instanceof ExistingData.InFolder folder) {
            requireNoProcess(folder.folder().resolve(found.path()));
        }
        ImageFacts image = images.find(spec.container(), spec.postgres().orElse(Origin.release(found.major())));
        requireMajor(source.toString(), found.major(), image);
        copyByHelper(place, found, image, to);
        return new Copied(found, image);
    }

    static void requireMajor(String source, int major, ImageFacts image) {
        if (image.version().major() != major) {
            throw new PaddockException(
                    source + " is the data of PostgreSQL " + major + "; " + image.reference() + " has PostgreSQL "
                            + image.version(),
                    "name an image of PostgreSQL " + major + ", or leave it out");
        }
    }

    /** PostgreSQL on this machine itself, which no engine knows of. */
    static void requireNoProcess(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.isReadable(file) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        String pid =
                UntrustedFile.read(file, 1024).lines().findFirst().orElse("").strip();
        if (pid.matches("\\d+")
                && ProcessStamp.of(Long.parseLong(pid)).isPresent()
                && isIn(Path.of("/proc", pid, "cwd"), data)) {
            throw new PaddockException("a server is running on " + data + " (process " + pid + ")", "stop it first");
        }
    }

    private static boolean isIn(Path process, Path data) throws IOException {
        try {
            return process.toRealPath().equals(data.toRealPath());
        } catch (java.nio.file.NoSuchFileException inAnotherNamespace) {
            return false;
        }
    }

    /** By way of a container that sees it and never runs: the engine may read what belongs to whomever. */
    private void copyByHelper(String place, FoundData found, ImageFacts image, Path to) throws IOException {
        DockerClient client = containers.client();
        var create = containers.unprivileged(image.id(), image.owner(), "copy", List.of("true"));
        HostPaths.bind(Containers.hostConfig(create).withAutoRemove(false), List.of(DataLook.bind(place)));
        String helper = create.exec().getId();
        try {
            unpack(helper, found.path().isEmpty() ? DataLook.INSIDE : DataLook.INSIDE + "/" + found.path(), to);
        } finally {
            Container.remove(client, helper);
        }
    }

    private void unpack(String container, String path, Path to) throws IOException {
        Files.createDirectory(to);
        try (InputStream archive =
                containers.client().copyArchiveFromContainerCmd(container, path).exec()) {
            DataArchive.unpack(
                    new BufferedInputStream(archive, 1 << 16), Path.of(path).getFileName() + "/", to);
        } catch (NotFoundException none) {
            throw new PaddockException(
                    "the container holds no data directory at " + path,
                    "name a container of PostgreSQL that keeps its data on disk",
                    none);
        }
    }

    private Copied ofContainer(String name, ServerSpec spec, Path to) throws IOException {
        InspectContainerResponse facts = inspect(name);
        ContainerSpec asked = spec.container();
        ImageFacts image = images.get(asked.image().orElse(String.valueOf(facts.getImageId())), PullPolicy.MISSING);
        Map<String, String> environment = environment(facts);
        String data = environment.getOrDefault("PGDATA", USUAL_DATA);
        if (Boolean.TRUE.equals(facts.getState().getPaused())) {
            throw new PaddockException(
                    "the container " + name + " is paused", "let it go on, or stop it, for as long as it is copied");
        }
        if (Boolean.TRUE.equals(facts.getState().getRunning())) {
            backUp(facts.getId(), environment.getOrDefault("POSTGRES_USER", "postgres"), name, to);
        } else {
            unpack(facts.getId(), data, to);
        }
        Path version = to.resolve("PG_VERSION");
        if (!Files.exists(version)) {
            throw new PaddockException(
                    "the container " + name + " holds no data of PostgreSQL at " + data,
                    "name a container that has been a server");
        }
        int major = FoundData.major(UntrustedFile.read(version, 100));
        requireMajor("the container " + name, major, image);
        return new Copied(new FoundData("", major, image.owner(), walSegment(to), false, false, false), image);
    }

    InspectContainerResponse inspect(String name) {
        try {
            return containers.client().inspectContainerCmd(name).exec();
        } catch (NotFoundException none) {
            throw new PaddockException(
                    "the engine has no container " + name, "see which it has with: docker ps -a", none);
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the engine refuses the container '" + name + "': " + EngineFailure.reason(refused), refused);
        }
    }

    static Map<String, String> environment(InspectContainerResponse facts) {
        Map<String, String> variables = new TreeMap<>();
        String[] all = facts.getConfig().getEnv();
        for (String each : all == null ? new String[0] : all) {
            String[] variable = each.split("=", 2);
            variables.put(variable[0], variable.length > 1 ? variable[1] : "");
        }
        return variables;
    }

    /** PostgreSQL's own way, while the server works on: its files alone would not fit together. */
    private void backUp(String container, String user, String name, Path to) throws IOException {
        Path archive = to.resolveSibling("backup.tar");
        // The container's variables may name a server that its other programs are to use.
        List<String> command = new ArrayList<>(ForeignVariables.withoutThoseOfLibpq());
        command.addAll(List.of("PGHOST=", "pg_basebackup", "-U", user));
        command.addAll(List.of("-w", "-D", "-", "-Ft", "-X", "fetch", "-c", "fast"));
        try (OutputStream out = Files.newOutputStream(archive)) {
            containers.streamInside(container, command, out, "a base backup of the container " + name);
        } catch (PaddockException refused) {
            throw new PaddockException(
                    String.valueOf(refused.getMessage()),
                    "stop the container for as long as it is copied, if its server refuses base backups",
                    refused);
        }
        Files.createDirectory(to);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
            DataArchive.unpack(in, "", to);
        }
        Files.delete(archive);
    }

    private static ByteSize walSegment(Path data) throws IOException {
        try (var segments = Files.newDirectoryStream(data.resolve("pg_wal"), "0*")) {
            for (Path segment : segments) {
                if (Files.isRegularFile(segment)
                        && segment.getFileName().toString().length() == 24) {
                    return new ByteSize(Files.size(segment));
                }
            }
        }
        return ByteSize.ofMegabytes(16);
    }
}
