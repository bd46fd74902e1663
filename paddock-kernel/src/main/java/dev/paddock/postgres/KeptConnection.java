package dev.paddock.postgres;

import dev.paddock.home.CheckedFile;
import dev.paddock.home.OwnFolders;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.model.Term;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Remembers beside data on disk how its clients connect, so that the same URL works when it comes back. */
public final class KeptConnection {
    static final String FILE = "connection.properties";

    private KeptConnection() {}

    /** The spec, with what it leaves open as it was the last time. */
    public static ServerSpec recall(ServerSpec spec) {
        if (!(spec.storage() instanceof Storage.OnDisk disk)
                || !Files.exists(disk.folder().resolve(FILE))) {
            return spec;
        }
        Properties kept = read(disk.folder());
        ServerSpec same = spec;
        String user = kept.getProperty("user", "");
        if (spec.user().isEmpty() && !user.isEmpty()) {
            same = same.withUser(user);
        }
        String password = kept.getProperty("password", "");
        if (spec.password().isEmpty() && user.equals(same.user().orElse("")) && !password.isEmpty()) {
            same = same.withPassword(password);
        }
        String database = kept.getProperty("database", "");
        if (spec.database().isEmpty() && !database.isEmpty()) {
            same = same.withDatabase(database);
        }
        int port = port(kept, disk.folder());
        if (spec.port().isEmpty() && port > 0 && isFree(port)) {
            same = same.withPort(port);
        }
        return same;
    }

    private static int port(Properties kept, Path folder) {
        try {
            return Integer.parseInt(kept.getProperty("port", "0"));
        } catch (NumberFormatException damaged) {
            throw unreadable(folder, damaged);
        }
    }

    /** The password in it is what keeps others out, so it isn't taken from whoever likes. */
    private static Properties read(Path folder) {
        OwnFolders.requireForData(folder);
        Properties kept = new Properties();
        try {
            // A shortened password or port would be taken for another.
            String whole = new CheckedFile(folder.resolve(FILE))
                    .read()
                    .orElseThrow(() -> new IOException("it is not as it was written"));
            kept.load(new StringReader(whole));
            return kept;
        } catch (IOException | IllegalArgumentException failure) {
            throw unreadable(folder, failure);
        }
    }

    private static PaddockException unreadable(Path folder, Exception failure) {
        return new PaddockException(
                "can't read " + folder.resolve(FILE) + ": " + failure.getMessage(),
                Hint.naming(
                                "name a folder that was given with {}; if that file is damaged remove it, and name the user and the"
                                        + " database again: the server gets a new password and port",
                                Term.DISK)
                        .or("name a folder that a server kept its data in"),
                failure);
    }

    /** Whom clients of the data in a folder connect as. */
    public static String user(Path folder) {
        return read(folder).getProperty("user", "postgres");
    }

    /** What clients of the data in a folder connect to. */
    public static String database(Path folder) {
        return read(folder).getProperty("database", "postgres");
    }

    /** Notes them for the next time, if the data stays. */
    public static void keep(ServerSpec spec, ConnectionInfo connection) {
        if (!(spec.storage() instanceof Storage.OnDisk disk)) {
            return;
        }
        Properties facts = new Properties();
        facts.setProperty("user", connection.user());
        facts.setProperty("password", connection.password().value());
        facts.setProperty("database", connection.database());
        facts.setProperty("port", Integer.toString(connection.port()));
        Path file = disk.folder().resolve(FILE);
        try {
            DiskFolder data = new DiskFolder(disk.folder());
            data.sync();
            StringWriter text = new StringWriter();
            facts.store(text, null);
            // Readable by its owner alone, as any draft is.
            new CheckedFile(file).keep(text.toString());
            data.complete();
        } catch (IOException failure) {
            throw new PaddockException("can't write " + file + ": " + failure.getMessage(), failure);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
