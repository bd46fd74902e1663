package dev.paddock.home;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Symbolic links in folders that somebody else may have made than who names them: what is read through them ends up where that other's code can
 * look at it.
 */
public final class Links {
    private static final Path TOP = Path.of("/");

    private Links() {}

    /** Whether a path below a folder is a link to what isn't below that. */
    public static boolean leadOut(Path folder, Path path) throws IOException {
        return !path.equals(folder)
                && Files.isSymbolicLink(path)
                && Files.exists(path)
                && !path.toRealPath().startsWith(folder.toRealPath());
    }

    /** @throws PaddockException if a path below a folder is a link to what isn't below that */
    public static void requireWithin(Path folder, Path path) throws IOException {
        if (leadOut(folder, path)) {
            throw new PaddockException(
                    path + " is a link that leads out of the folder that was named",
                    "put what it leads to into the folder");
        }
    }

    /**
     * Opens a file below a folder, or the one that is named instead, whatever anybody exchanges for a link meanwhile: where it leads is found out
     * first, and nothing is followed on the way there. Closed by the caller.
     *
     * @param within a real path, below which the file has to be
     * @throws IOException if it isn't, or can't be read, or is no file: a pipe would be waited for
     */
    public static InputStream open(Path within, Path file) throws IOException {
        return open(within, file, true);
    }

    /** The same also of a pipe, which takes until somebody has opened its other end. */
    public static InputStream openPipe(Path within, Path pipe) throws IOException {
        return open(within, pipe, false);
    }

    private static InputStream open(Path within, Path file, boolean regular) throws IOException {
        Path real = file.toRealPath();
        if (!real.startsWith(within)) {
            throw new IOException("it has come to be a link that leads out of " + within);
        }
        if (!real.startsWith(TOP)) {
            // Within an archive there are no links.
            return Files.newInputStream(real);
        }
        try (DirectoryStream<Path> top = Files.newDirectoryStream(TOP)) {
            return top instanceof SecureDirectoryStream<Path> held
                    ? open(held, TOP.relativize(real), regular)
                    : Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS);
        } catch (AccessDeniedException closed) {
            // On the way may be folders that this account passes through and can't read. Where nobody else can exchange
            // anything, that does no harm.
            if (!OwnFolders.isOwn(real) || (regular && !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS))) {
                throw closed;
            }
            return Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static InputStream open(SecureDirectoryStream<Path> folder, Path path, boolean regular) throws IOException {
        if (path.getNameCount() == 1) {
            BasicFileAttributes facts = folder.getFileAttributeView(
                            path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            if (regular && !facts.isRegularFile()) {
                throw new IOException("it is no file");
            }
            return Channels.newInputStream(
                    folder.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
        }
        try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(path.getName(0), LinkOption.NOFOLLOW_LINKS)) {
            return open(next, path.subpath(1, path.getNameCount()), regular);
        }
    }
}
