package dev.paddock.snapshot;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
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
 * The files of a data directory. Whoever uses its server may exchange any of them, and any folder, for a link at any moment: so each is opened
 * by its name in the folder that was opened before it, and no link is followed.
 */
final class DataTree {
    private static final Set<? extends java.nio.file.OpenOption> TO_READ =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    /** Some times what the deepest of PostgreSQL's folders have. */
    private static final int LONGEST_PREFIX = 200;

    private final Visitor visitor;

    private DataTree(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Is told of each file and folder by its name below the data directory. */
    interface Visitor {
        /** Whether what is in it is wanted. */
        boolean folder(String name) throws IOException;

        /** Anything that is no folder. */
        void file(String name, BasicFileAttributes attributes, Opener opener) throws IOException;
    }

    /** Opens the file that the visitor is told of; fails if it is a link by now. */
    interface Opener {
        SeekableByteChannel open() throws IOException;
    }

    static void walk(Path data, Visitor visitor) throws IOException {
        DataTree tree = new DataTree(visitor);
        if (visitor.folder("")) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(data)) {
                tree.entries(entries, data, "");
            }
        }
    }

    private void entries(DirectoryStream<Path> folder, Path path, String prefix) throws IOException {
        if (prefix.length() > LONGEST_PREFIX) {
            throw new IOException("there are folders in it that lie deeper than any of PostgreSQL's");
        }
        for (Path entry : folder) {
            Path name = entry.getFileName();
            if (folder instanceof SecureDirectoryStream<Path> held) {
                BasicFileAttributes attributes = held.getFileAttributeView(
                                name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
                if (!attributes.isDirectory()) {
                    visitor.file(prefix + name, attributes, () -> held.newByteChannel(name, TO_READ));
                } else if (visitor.folder(prefix + name)) {
                    try (DirectoryStream<Path> inner = held.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                        entries(inner, path.resolve(name), prefix + name + '/');
                    }
                }
            } else {
                // A system whose folders can't be held has no other accounts for servers either.
                BasicFileAttributes attributes =
                        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!attributes.isDirectory()) {
                    visitor.file(prefix + name, attributes, () -> Files.newByteChannel(entry, TO_READ));
                } else if (visitor.folder(prefix + name)) {
                    try (DirectoryStream<Path> inner = Files.newDirectoryStream(entry)) {
                        entries(inner, entry, prefix + name + '/');
                    }
                }
            }
        }
    }
}
