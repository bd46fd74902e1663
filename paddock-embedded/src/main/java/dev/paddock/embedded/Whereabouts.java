package dev.paddock.embedded;

import dev.paddock.embedded.storage.CloneMethod;
import dev.paddock.embedded.supervision.Supervisor;
import dev.paddock.engine.FileLog;
import dev.paddock.home.Account;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.wire.Login;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a running server is, for any process of this user to find.
 *
 * @param supervisor the process that it lives and dies with
 * @param postmaster its own process
 * @param folder holds the folder of its socket and its data directory; the log is beside it
 * @param originFolder the snapshot's that it is a clone of
 * @param disk the folder of the user's that its data is in
 */
record Whereabouts(
        ProcessStamp supervisor,
        ProcessStamp postmaster,
        PostgresVersion version,
        int port,
        CloneMethod method,
        Path folder,
        Path originFolder,
        Optional<Path> disk) {

    /** The folder in the server's own that PostgreSQL makes its socket in. */
    static final String SOCKET = "socket";

    Path socketFolder() {
        return folder.resolve(SOCKET);
    }

    /** The snapshot that it is a clone of; read when it is asked for, since to stop a server nobody needs it. */
    Snapshot origin() {
        return Snapshot.at(originFolder);
    }

    /**
     * A session over its socket, which trusts whoever gets there. Programs in a server of root's may exchange that for a link to the one of another
     * server, so it is asked who listens.
     */
    WireConnection connect(Login login, Duration patience) {
        UnixDomainSocketAddress socket =
                UnixDomainSocketAddress.of(socketFolder().resolve(".s.PGSQL." + port));
        return Account.self() == 0
                ? WireConnection.open(socket, account(), login, patience)
                : WireConnection.open(socket, login, patience);
    }

    private UserPrincipal account() {
        try {
            UserPrincipal account = Files.getOwner(Path.of("/proc", Long.toString(postmaster.pid())));
            // Only then was it the postmaster whose account that is.
            if (postmaster.isAlive()) {
                return account;
            }
            throw new PaddockException("the server has ended");
        } catch (IOException gone) {
            throw new PaddockException("the server has ended", gone);
        }
    }

    /** The data directory itself; in a shared space the server's folder may hold a link to it, which nobody else can write to. */
    Path data() {
        Path data = folder.resolve("data");
        try {
            return Files.isSymbolicLink(data) ? Files.readSymbolicLink(data) : data;
        } catch (IOException gone) {
            return data;
        }
    }

    /** What differs from the origin, where the data directory is an overlay over it. */
    Optional<Path> changes() {
        return method == CloneMethod.OVERLAY && disk.isEmpty()
                ? Optional.of(folder.resolve("upper"))
                : Optional.empty();
    }

    FileLog log() {
        return new FileLog(folder.resolveSibling(folder.getFileName() + ".log"));
    }

    boolean isAlive() {
        return isAlive(supervisor, postmaster);
    }

    Map<String, String> toHandle() {
        Map<String, String> handle = new HashMap<>();
        handle.put("supervisor", supervisor.toString());
        handle.put("postmaster", postmaster.toString());
        handle.put("version", version.toString());
        handle.put("port", Integer.toString(port));
        handle.put("method", method.name());
        handle.put("folder", folder.toString());
        handle.put("origin", originFolder.toString());
        disk.ifPresent(path -> handle.put("disk", path.toString()));
        return handle;
    }

    static Whereabouts ofHandle(Map<String, String> handle) {
        return new Whereabouts(
                stamp(handle, "supervisor"),
                stamp(handle, "postmaster"),
                PostgresVersion.parse(fact(handle, "version")),
                Integer.parseInt(fact(handle, "port")),
                CloneMethod.valueOf(fact(handle, "method")),
                Path.of(fact(handle, "folder")),
                Path.of(fact(handle, "origin")),
                Optional.ofNullable(handle.get("disk")).map(Path::of));
    }

    /** Of the server that a handle tells of, whether it runs or not. */
    static ProcessStamp supervisor(Map<String, String> handle) {
        return stamp(handle, "supervisor");
    }

    /** Whether the server that a handle tells of runs; cheaper than reading all of it. */
    static boolean isAlive(Map<String, String> handle) {
        return isAlive(stamp(handle, "supervisor"), stamp(handle, "postmaster"));
    }

    /** Whether the two run, and are what they are said to be: what isn't is nothing that a signal may be sent to. */
    private static boolean isAlive(ProcessStamp supervisor, ProcessStamp postmaster) {
        return postmaster.isAlive()
                && Supervisor.is(supervisor)
                // Between them is the shell that waits for the server's end.
                && ProcessHandle.of(postmaster.pid())
                        .flatMap(ProcessHandle::parent)
                        .flatMap(ProcessHandle::parent)
                        .filter(above -> above.pid() == supervisor.pid())
                        .isPresent();
    }

    private static ProcessStamp stamp(Map<String, String> handle, String name) {
        return ProcessStamp.parse(fact(handle, name)).orElseThrow(() -> incomplete(name));
    }

    private static String fact(Map<String, String> handle, String name) {
        String value = handle.get(name);
        if (value == null) {
            throw incomplete(name);
        }
        return value;
    }

    private static PaddockException incomplete(String name) {
        return new PaddockException("the record of a server lacks its " + name, "remove the record");
    }
}
