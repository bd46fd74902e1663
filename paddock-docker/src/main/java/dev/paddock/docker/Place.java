package dev.paddock.docker;

import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import dev.paddock.server.DiskFolder;
import dev.paddock.snapshot.Snapshot;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a running server is, for any process of this user to find.
 *
 * @param container its id
 * @param image the reference of the image that its PostgreSQL is of
 * @param port where the host reaches it
 * @param inside where it listens in the container
 * @param data the data directory as the container sees it
 * @param storage what that is, as users are told of it
 * @param own what it shares with the host
 * @param origin the snapshot that it is a clone of
 * @param disk the user's folder that the data is in, if it is in one
 */
record Place(
        String container,
        String image,
        PostgresVersion version,
        int port,
        int inside,
        String data,
        String storage,
        OwnFolder own,
        Snapshot origin,
        Optional<DiskFolder> disk) {

    UnixDomainSocketAddress socket() {
        return UnixDomainSocketAddress.of(own.file(".s.PGSQL." + inside));
    }

    Map<String, String> toHandle() {
        Map<String, String> handle = new HashMap<>();
        handle.put("container", container);
        handle.put("image", image);
        handle.put("version", version.toString());
        handle.put("port", Integer.toString(port));
        handle.put("inside", Integer.toString(inside));
        handle.put("data", data);
        handle.put("storage", storage);
        handle.put("folder", own.path().toString());
        handle.put("origin", origin.folder().toString());
        disk.ifPresent(folder -> handle.put("disk", folder.path().toString()));
        return handle;
    }

    static Place ofHandle(Map<String, String> handle) {
        return new Place(
                fact(handle, "container"),
                fact(handle, "image"),
                PostgresVersion.parse(fact(handle, "version")),
                Integer.parseInt(fact(handle, "port")),
                Integer.parseInt(fact(handle, "inside")),
                fact(handle, "data"),
                fact(handle, "storage"),
                new OwnFolder(Path.of(fact(handle, "folder"))),
                Snapshot.at(Path.of(fact(handle, "origin"))),
                Optional.ofNullable(handle.get("disk")).map(folder -> new DiskFolder(Path.of(folder))));
    }

    static String fact(Map<String, String> handle, String name) {
        String value = handle.get(name);
        if (value == null) {
            throw new PaddockException("the record of a server lacks its " + name, "remove the record");
        }
        return value;
    }
}
