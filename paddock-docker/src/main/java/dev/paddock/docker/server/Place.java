package dev.paddock.docker.server;

import dev.paddock.docker.container.Handle;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.data.DataVolume;
import dev.paddock.model.PostgresVersion;
import dev.paddock.postgres.DiskFolder;
import dev.paddock.snapshot.Snapshot;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a running server is, for any process of this user to find.
 *
 * @param engine the address of the engine that it runs on
 * @param container its id
 * @param image the id of the image that its PostgreSQL is of, whatever its name is of by now
 * @param host where clients connect to: loopback, or its name or address in its network if it isn't published
 * @param port the same
 * @param inside where it listens in the container
 * @param data the data directory as the container sees it
 * @param storage what that is, as users are told of it
 * @param own what it shares with the host
 * @param originFolder the snapshot's that it is a clone of; a standing server can be ended without it
 * @param known that snapshot, to whoever started the server: its folder may go before the server
 * @param disk the user's folder that the data is in, if it is in one
 * @param volume the user's volume that the data is in, if it is in one
 * @param network the user's that it is on, if it is on one
 */
public record Place(
        String engine,
        String container,
        String image,
        PostgresVersion version,
        String host,
        int port,
        int inside,
        String data,
        String storage,
        OwnFolder own,
        Path originFolder,
        Optional<Snapshot> known,
        Optional<DiskFolder> disk,
        Optional<DataVolume> volume,
        Optional<String> network) {

    /** Whom its owner asks it as. */
    String superuser() {
        return volume.map(DataVolume::superuser).orElse("postgres");
    }

    /**
     * The snapshot that it is a clone of.
     *
     * @throws dev.paddock.model.PaddockException if what described it is gone
     */
    Snapshot origin() {
        return known.orElseGet(() -> Snapshot.at(originFolder));
    }

    /** Where its owner connects to: a server that the engine has started again has a new socket. */
    UnixDomainSocketAddress socket() {
        own.takeSocket(inside);
        return UnixDomainSocketAddress.of(own.socket(inside));
    }

    /** Whether all in its container has ended that anybody could notice; only as true as what runs there. */
    boolean isOver() {
        return own.isSaid("ended");
    }

    Map<String, String> toHandle() {
        Map<String, String> handle = new HashMap<>();
        handle.put("engine", engine);
        handle.put("container", container);
        handle.put("image", image);
        handle.put("version", version.toString());
        handle.put("host", host);
        handle.put("port", Integer.toString(port));
        handle.put("inside", Integer.toString(inside));
        handle.put("data", data);
        handle.put("storage", storage);
        handle.put("folder", own.path().toString());
        handle.put("origin", originFolder.toString());
        disk.ifPresent(folder -> handle.put("disk", folder.path().toString()));
        volume.ifPresent(held -> held.describe(handle));
        network.ifPresent(name -> handle.put("network", name));
        return handle;
    }

    public static Place of(Handle handle) {
        return new Place(
                handle.fact("engine"),
                handle.fact("container"),
                handle.fact("image"),
                PostgresVersion.parse(handle.fact("version")),
                handle.fact("host"),
                Integer.parseInt(handle.fact("port")),
                Integer.parseInt(handle.fact("inside")),
                handle.fact("data"),
                handle.fact("storage"),
                new OwnFolder(Path.of(handle.fact("folder"))),
                Path.of(handle.fact("origin")),
                Optional.empty(),
                handle.find("disk").map(folder -> new DiskFolder(Path.of(folder))),
                DataVolume.of(handle),
                handle.find("network"));
    }
}
