package dev.paddock.embedded.installation;

import dev.paddock.model.Progress;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks a {@code .tar.xz} into a folder that holds nothing else. Whatever the umask, the result is readable for everyone
 * who can reach the folder: started by root, PostgreSQL runs as another user.
 */
final class Archive {
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");
    private static final int ANY_EXECUTE = 0111;

    private final Path folder;
    private final boolean posix;
    private final Map<Path, Path> links = new LinkedHashMap<>();

    private Archive(Path folder) {
        this.folder = folder;
        this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Where an archive comes from; says in {@code toString} where that is. */
    interface Source {
        Content open() throws IOException;
    }

    /** An archive's bytes; the size is 0 where it isn't known. Whoever opened it closes it. */
    record Content(InputStream bytes, long size) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }

    /** @throws IOException when it is truncated, damaged, or would write outside the folder; then the folder holds a part of it */
    static void unpack(Source source, Path folder, String activity, Progress progress) throws IOException {
        try (Content content = source.open();
                InputStream counted = new Counted(content, activity, progress);
                XZInputStream plain = new XZInputStream(new BufferedInputStream(counted, 1 << 16));
                TarArchiveInputStream entries = new TarArchiveInputStream(plain)) {
            new Archive(folder).unpack(entries);
            // The checksum of the whole is at its very end.
            plain.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void unpack(TarArchiveInputStream entries) throws IOException {
        for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            Path target = inside(folder.resolve(entry.getName()), entry);
            if (entry.isDirectory()) {
                folder(target);
            } else {
                folder(target.resolveSibling("."));
                unpack(entries, entry, target);
            }
        }
        // Last of all, so that nothing is ever written through one.
        for (Map.Entry<Path, Path> link : links.entrySet()) {
            Files.createSymbolicLink(link.getKey(), link.getValue());
        }
    }

    private void unpack(TarArchiveInputStream entries, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isSymbolicLink()) {
            Path to = folder.getFileSystem().getPath(entry.getLinkName());
            inside(target.resolveSibling(to), entry);
            if (to.isAbsolute()) {
                throw new IOException("a link to an absolute path: " + entry.getName());
            }
            links.put(target, to);
        } else if (entry.isLink()) {
            Files.copy(inside(folder.resolve(entry.getLinkName()), entry), target);
        } else if (entry.isFile()) {
            Files.copy(entries, target);
            permit(target, (entry.getMode() & ANY_EXECUTE) != 0 ? PROGRAM : FILE);
        } else {
            throw new IOException("neither file nor folder nor link: " + entry.getName());
        }
    }

    private Path inside(Path path, TarArchiveEntry entry) throws IOException {
        Path plain = path.normalize();
        if (!plain.startsWith(folder.normalize())) {
            throw new IOException("an entry that leads out of the archive: " + entry.getName());
        }
        return plain;
    }

    private void folder(Path path) throws IOException {
        Path plain = path.normalize();
        if (!Files.isDirectory(plain)) {
            folder(plain.resolveSibling("."));
            Files.createDirectory(plain);
            permit(plain, PROGRAM);
        }
    }

    private void permit(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (posix) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    /** Tells of the bytes that have been read. */
    private static final class Counted extends FilterInputStream {
        private final long size;
        private final String activity;
        private final Progress progress;
        private long done;

        Counted(Content content, String activity, Progress progress) {
            super(content.bytes());
            this.size = content.size();
            this.activity = activity;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            tell(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            tell(Math.max(0, count));
            return count;
        }

        private void tell(int count) {
            done += count;
            progress.advance(activity, done, size);
        }
    }
}
