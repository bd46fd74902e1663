package dev.paddock.content;

import dev.paddock.home.Links;
import dev.paddock.home.OwnFolders;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a location: all below a folder, or one. Hidden ones aren't among them. Where several places of the class path have a
 * file of one name, it is the first's, as a class loader finds it. Whoever opens it closes it; not thread-safe.
 */
public final class Content implements AutoCloseable {
    private final Location location;
    private final List<Path> roots;
    private final List<ContentFile> files;
    private final List<FileSystem> opened;

    private Content(Location location, List<Path> roots, List<ContentFile> files, List<FileSystem> opened) {
        this.location = location;
        this.roots = List.copyOf(roots);
        this.files = files;
        this.opened = opened;
    }

    /**
     * Finds the files.
     *
     * @param loader of the class path, if the location is on one
     * @throws PaddockException if there is nothing, or it can't be read
     */
    public static Content open(Location location, ClassLoader loader) {
        List<FileSystem> opened = new ArrayList<>();
        try {
            List<Path> roots =
                    location.onClassPath() ? ClassPathRoots.find(location, loader, opened) : existing(location.file());
            if (roots.isEmpty()) {
                throw missing(location);
            }
            Content content = new Content(location, roots, filesOf(roots), opened);
            if (content.files.isEmpty()) {
                throw new PaddockException(
                        location.text() + " is empty", "put migrations there, such as V1__first.sql, or SQL scripts");
            }
            return content;
        } catch (RuntimeException failure) {
            closeAll(opened);
            throw failure;
        }
    }

    /** The files that one path stands for, without the path itself being part of their names. */
    public static List<ContentFile> filesOf(Path path) {
        return filesOf(List.of(path));
    }

    /** Of all of them, as {@link OwnFolders#changesByOthers} says of one. What lies within an archive doesn't count. */
    public static String changesByOthers(List<Path> files) {
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            try {
                if (file.getFileSystem().equals(FileSystems.getDefault())) {
                    all.append(OwnFolders.changesByOthers(file));
                }
            } catch (IOException failure) {
                throw Unreadable.because(file.toString(), failure);
            }
        }
        return all.toString();
    }

    private static List<Path> existing(Path path) {
        return Files.exists(path) ? List.of(path) : List.of();
    }

    private static PaddockException missing(Location location) {
        return location.onClassPath()
                ? new PaddockException(
                        location.text() + " isn't on the class path",
                        "check the path; src/main/resources/db/migration is classpath:db/migration")
                : new PaddockException(
                        location.text() + ": there is no such file or folder",
                        "check the path; it is looked for from " + Path.of("").toAbsolutePath());
    }

    private static List<ContentFile> filesOf(List<Path> roots) {
        Map<String, ContentFile> found = new TreeMap<>();
        for (Path root : roots) {
            if (Files.exists(root) && !Files.isRegularFile(root) && !Files.isDirectory(root)) {
                throw new PaddockException(
                        root
                                + " can be read only once, but a template is made of files that are there the next time too",
                        "write what comes out of it to a file, and name that");
            }
            try {
                Files.walkFileTree(
                        root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Collector(root, found));
            } catch (IOException failure) {
                throw Unreadable.because(root.toString(), failure);
            }
        }
        return List.copyOf(found.values());
    }

    /** Takes all files but hidden ones; a link that leads back to where it lies leads nowhere. */
    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Path within;
        private final Map<String, ContentFile> found;

        Collector(Path root, Map<String, ContentFile> found) throws IOException {
            this.root = root;
            this.within = root.toRealPath();
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            boolean hidden = !folder.equals(root) && isHidden(nameOf(root, folder));
            if (!hidden) {
                Links.requireWithin(root, folder);
            }
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String name = nameOf(root, file);
            if (!isHidden(name) && Files.isRegularFile(file)) {
                Links.requireWithin(root, file);
                found.putIfAbsent(name, new ContentFile(name, file, within));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private static String nameOf(Path root, Path path) {
        String name = root.equals(path)
                ? String.valueOf(path.getFileName())
                : root.relativize(path).toString();
        return name.replace(path.getFileSystem().getSeparator(), "/");
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.contains("/.");
    }

    public Location location() {
        return location;
    }

    /** Folders or files, in the order of the class path. */
    public List<Path> roots() {
        return roots;
    }

    /** Whether the location is a single file. */
    public boolean isFile() {
        return Files.isRegularFile(roots.get(0));
    }

    /** Sorted by name. */
    public List<ContentFile> files() {
        return files;
    }

    @Override
    public void close() {
        closeAll(opened);
    }

    private static void closeAll(List<FileSystem> opened) {
        for (FileSystem each : opened) {
            try {
                each.close();
            } catch (IOException onlyRead) {
                // Nothing was written to it.
            }
        }
    }
}
