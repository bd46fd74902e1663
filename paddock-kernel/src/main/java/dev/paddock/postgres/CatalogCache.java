package dev.paddock.postgres;

import dev.paddock.home.CheckedFile;
import dev.paddock.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What PostgreSQL writes down of its catalog so that sessions begin sooner: a file in the folder of each database, and one for what all databases
 * share. A server removes these files when it starts, so a snapshot can't hold them, and its first session spends milliseconds on making them again.
 * Here they are kept beside a snapshot's data, and lent to servers on clones of it. Without them nothing is lost but that time, so none of
 * this fails.
 *
 * @param kept the file that they are kept in, where only this user can write
 */
public record CatalogCache(Path kept) {
    private static final Path FILE = Path.of("pg_internal.init");
    private static final String SHARED = "global";
    private static final String DATABASES = "base";
    /** Many times what such a file has where extensions have added to the catalog. */
    private static final int LARGEST = 4 << 20;

    /** That of servers on clones of a snapshot that run the installation that made it. */
    public static CatalogCache of(Snapshot snapshot) {
        return new CatalogCache(snapshot.folder().resolve("catalog-cache"));
    }

    /** Keeps what a server has whose first session has begun, and that nobody else has used. */
    public void keep(Path data) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (DirectoryStream<Path> top = Files.newDirectoryStream(data);
                DirectoryStream<Path> databases = Files.newDirectoryStream(data.resolve(DATABASES));
                ZipOutputStream entries = new ZipOutputStream(archive)) {
            if (!(top instanceof SecureDirectoryStream<Path> held)) {
                return;
            }
            entries.putNextEntry(new ZipEntry(snapshot()));
            add(held, SHARED, entries);
            for (Path database : databases) {
                add(held, DATABASES + "/" + database.getFileName(), entries);
            }
            entries.finish();
            new CheckedFile(kept).write(archive.toByteArray());
        } catch (IOException | UnsupportedOperationException notThere) {
            // Then each server makes its own, as it always did.
        }
    }

    private static void add(SecureDirectoryStream<Path> data, String folder, ZipOutputStream entries)
            throws IOException {
        try (SecureDirectoryStream<Path> inner = inner(data, folder)) {
            Optional<byte[]> content = read(inner);
            if (content.isPresent()) {
                entries.putNextEntry(new ZipEntry(folder));
                entries.write(content.get());
            }
        }
    }

    /** Puts them into the data directory of a server that has just started on a clone of the snapshot; nothing if they came to be damaged. */
    public void lend(Path data) {
        Optional<byte[]> archive = new CheckedFile(kept).bytes();
        if (archive.isEmpty()) {
            return;
        }
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(archive.get()));
                DirectoryStream<Path> top = Files.newDirectoryStream(data)) {
            ZipEntry first = entries.getNextEntry();
            if (!(top instanceof SecureDirectoryStream<Path> held)
                    || first == null
                    || !first.getName().equals(snapshot())) {
                return;
            }
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                try (SecureDirectoryStream<Path> folder = inner(held, entry.getName())) {
                    write(folder, entries.readAllBytes());
                }
            }
        } catch (IOException | UnsupportedOperationException notThere) {
            // Then the server makes its own, as it always did.
        }
    }

    /** Whether a file of a data directory is such a one, which goes with its server. */
    static boolean isPart(Path file) {
        return file.endsWith(FILE);
    }

    /** The name of the folder that they are kept in, which is the first entry's: those of another snapshot are not lent. */
    private String snapshot() {
        return kept.resolveSibling(".").normalize().getFileName().toString();
    }

    /**
     * Gives one database the file of another, which is equal to it. Whoever uses the server may exchange the folders, and the file, for links at any
     * moment, so none is followed.
     *
     * @param data of a running server
     */
    static void handOn(Path data, long from, long to) {
        try (DirectoryStream<Path> top = Files.newDirectoryStream(data)) {
            if (top instanceof SecureDirectoryStream<Path> held) {
                try (SecureDirectoryStream<Path> source = inner(held, DATABASES + "/" + from);
                        SecureDirectoryStream<Path> target = inner(held, DATABASES + "/" + to)) {
                    Optional<byte[]> content = read(source);
                    if (content.isPresent()) {
                        write(target, content.get());
                    }
                }
            }
        } catch (IOException | UnsupportedOperationException notThere) {
            // Then PostgreSQL makes one, as it always does.
        }
    }

    /** A folder some levels down; none of them may be a link. */
    private static SecureDirectoryStream<Path> inner(SecureDirectoryStream<Path> folder, String path)
            throws IOException {
        List<String> names = List.of(path.split("/"));
        Path first = Path.of(names.get(0));
        boolean isFolder = folder.getFileAttributeView(first, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
        if (!isFolder) {
            // A pipe would be waited for.
            throw new NotDirectoryException(path);
        }
        SecureDirectoryStream<Path> next = folder.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS);
        if (names.size() == 1) {
            return next;
        }
        try (next) {
            return inner(next, path.substring(names.get(0).length() + 1));
        }
    }

    private static Optional<byte[]> read(SecureDirectoryStream<Path> folder) throws IOException {
        // Opened for writing too, a pipe that somebody has just put there keeps nobody waiting; and it has no size.
        try (SeekableByteChannel file = folder.newByteChannel(
                FILE, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            if (file.size() == 0 || file.size() > LARGEST) {
                return Optional.empty();
            }
            ByteBuffer content = ByteBuffer.allocate((int) file.size());
            while (content.hasRemaining() && file.read(content) > 0) {
                // Until all of it is there.
            }
            return content.hasRemaining() ? Optional.empty() : Optional.of(content.array());
        } catch (FileSystemException none) {
            return Optional.empty();
        }
    }

    private static void write(SecureDirectoryStream<Path> folder, byte[] content) throws IOException {
        // Root's server, which is another account, reads it.
        try (SeekableByteChannel file = folder.newByteChannel(
                FILE,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")))) {
            file.write(ByteBuffer.wrap(content));
        }
    }
}
