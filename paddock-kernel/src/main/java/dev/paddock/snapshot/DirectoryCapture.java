package dev.paddock.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Copies a data directory once, digesting as it goes. Files that an overlay never touched are linked to the base snapshot's
 * instead: a snapshot costs what changed, whatever its size. Zeros become holes, so that a WAL segment takes up no more
 * than was written to it.
 */
final class DirectoryCapture {
    private static final int BLOCK = 16 * 1024;
    private static final Set<PosixFilePermission> PRIVATE_FILE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> PRIVATE_FOLDER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final Set<String> OF_ONE_RUN = Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init");

    private final Draft draft;
    private final Path target;
    private final ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
    private final Map<String, String> known;
    private final TreeMap<String, String> digests = new TreeMap<>();
    private long room;
    private long bytes;
    private long stored;

    DirectoryCapture(Draft draft, Path target) {
        this.draft = draft;
        this.target = target;
        this.known = draft.base()
                .map(base -> FileIndex.read(base.snapshot().folder()))
                .orElse(Map.of());
    }

    void run() throws IOException {
        // A file may say that it is as long as its server likes, and to read it would take years.
        room = target.resolveSibling(".").toFile().getTotalSpace();
        DataTree.walk(draft.data(), new DataTree.Visitor() {
            @Override
            public boolean folder(String name) throws IOException {
                if (draft.without().contains(name)) {
                    return false;
                }
                requireOneLine(name);
                Path copy = target.resolve(name);
                Files.createDirectory(copy);
                Files.setPosixFilePermissions(copy, PRIVATE_FOLDER);
                own(copy);
                return true;
            }

            @Override
            public void file(String name, BasicFileAttributes attributes, DataTree.Opener opener) throws IOException {
                if (!OF_ONE_RUN.contains(name.substring(name.lastIndexOf('/') + 1))) {
                    take(name, attributes, opener);
                }
            }
        });
        if (draft.duplication().isPresent()) {
            duplicate(draft.duplication().get());
        }
    }

    private void duplicate(Draft.Duplication duplication) throws IOException {
        String original = duplication.folder() + '/';
        Path folder = target.resolve(duplication.folder());
        Map<String, String> files = new TreeMap<>(digests.subMap(original, duplication.folder() + '0'));
        for (String name : duplication.copies()) {
            Path copy = Files.createDirectory(folder.resolveSibling(name));
            Files.setPosixFilePermissions(copy, PRIVATE_FOLDER);
            own(copy);
            String prefix = target.relativize(copy).toString() + '/';
            for (Map.Entry<String, String> file : files.entrySet()) {
                String plain = file.getKey().substring(original.length());
                Files.createLink(copy.resolve(plain), folder.resolve(plain));
                digests.put(prefix + plain, file.getValue());
            }
        }
    }

    private void take(String name, BasicFileAttributes attributes, DataTree.Opener opener) throws IOException {
        Path copy = target.resolve(name);
        if (attributes.isSymbolicLink()) {
            throw new LinkInDataException(name);
        }
        if (!attributes.isRegularFile()) {
            return;
        }
        requireOneLine(name);
        bytes += attributes.size();
        room -= attributes.size();
        if (room < 0) {
            throw new IOException("No space left on device: " + name + " is longer than all of it");
        }
        if (known.containsKey(name)
                && draft.base().isPresent()
                && linked(draft.base().get(), name, copy)) {
            digests.put(name, known.getOrDefault(name, ""));
        } else {
            stored += attributes.size();
            requireOfServer(name);
            digests.put(name, copy(opener, copy));
            Files.setPosixFilePermissions(copy, PRIVATE_FILE);
            // Shown to the servers of other accounts later; of such a file PostgreSQL insists that it is its own or
            // root's.
            if (!UsersFile.is(name)) {
                own(copy);
            }
        }
    }

    /** A snapshot's id is made of lines, one for each file: a name with a line break in it would stand for two. */
    private static void requireOneLine(String name) throws IOException {
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IOException(
                    "'" + name + "' is no name of a file of PostgreSQL's: it has control characters in it");
        }
    }

    private static boolean linked(Draft.Base base, String name, Path copy) {
        Path original = base.snapshot().data().resolve(name);
        Path changed = base.changes().resolve(name);
        try {
            if (!Files.exists(original) || (Files.exists(changed) && !Files.isSameFile(changed, original))) {
                return false;
            }
            Files.createLink(copy, original);
            return true;
        } catch (IOException | UnsupportedOperationException noLinksHere) {
            return false;
        }
    }

    /** Root may read what the server may not: another's file can be in the data directory by a name that the server gave it. */
    private void requireOfServer(String name) throws IOException {
        if (draft.owner().isPresent()) {
            int owner = owner(draft.data().resolve(name));
            if (owner != draft.owner().getAsInt() && owner != owner(draft.data())) {
                throw new IOException(name + " belongs to another account than the data directory");
            }
        }
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private String copy(DataTree.Opener from, Path to) throws IOException {
        MessageDigest digest = sha256();
        try (SeekableByteChannel in = from.open();
                FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            long position = 0;
            while (in.read(buffer.clear()) > 0) {
                buffer.flip();
                digest.update(buffer.array(), 0, buffer.limit());
                int length = buffer.limit();
                if (!isZero(buffer.array(), length)) {
                    long at = position;
                    while (buffer.hasRemaining()) {
                        at += out.write(buffer, at);
                    }
                }
                position += length;
            }
            if (out.size() < position) {
                // Ends in a hole: the last byte alone gives the file its size.
                out.write(ByteBuffer.allocate(1), position - 1);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean isZero(byte[] block, int length) {
        return block[0] == 0 && java.util.Arrays.equals(block, 0, length - 1, block, 1, length);
    }

    private void own(Path path) throws IOException {
        if (draft.owner().isPresent()) {
            Files.setAttribute(path, "unix:uid", draft.owner().getAsInt());
        }
    }

    long bytes() {
        return bytes;
    }

    /** How many of them were copied, and not linked. */
    long stored() {
        return stored;
    }

    /** Folders below the data directory whose files are links to others'. */
    Set<String> copies() {
        if (draft.duplication().isEmpty()) {
            return Set.of();
        }
        Draft.Duplication duplication = draft.duplication().get();
        String beside = duplication.folder().substring(0, duplication.folder().lastIndexOf('/') + 1);
        return duplication.copies().stream().map(name -> beside + name).collect(Collectors.toSet());
    }

    /** Content of every file, by name. */
    Map<String, String> digests() {
        return digests;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
