package dev.paddock.oci.layer;

import dev.paddock.snapshot.LinkInDataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Data directories as tar archives. The same directory always gives the same bytes, whoever packs it and when: entries in the order of
 * their names, without times, owned by whom PostgreSQL runs as in the image. Files that share their storage stay links to each other.
 */
public final class DataArchive {
    private static final int FOLDER_MODE = 0700;
    private static final int FILE_MODE = 0600;
    private static final int PASSABLE = 0755;

    /** Far more than a server with a hundred thousand tables has. */
    private static final int MOST_ENTRIES = 5_000_000;

    private static final int COMPARED_IN_MEMORY = 2 << 20;
    /** What a layer calls something that those below it have, and it has not. */
    private static final String GONE = ".wh.";

    private DataArchive() {}

    /**
     * Writes a data directory. The stream stays open.
     *
     * @param target where it is to be in the image, absolute
     * @throws IOException if the directory can't be read or the stream not be written
     */
    public static void write(Path data, String target, Owner owner, OutputStream to) throws IOException {
        String root = target.substring(1);
        TarArchiveOutputStream tar = begin(root, owner, to);
        Map<Object, String> linked = new HashMap<>();
        for (Path each : below(data)) {
            String name = root + "/" + data.relativize(each).toString().replace('\\', '/');
            if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                put(tar, folder(name, FOLDER_MODE, owner));
            } else {
                file(tar, each, name, owner, linked);
            }
        }
        tar.finish();
    }

    /**
     * Writes what has changed in a data directory, as a layer above one with what was there before. The stream stays open.
     *
     * @param files the names of those that are new or have another content
     * @param gone the names of files and folders that are not there any more
     * @param target where it is in the image, absolute
     */
    public static void writeChange(
            Path data, Set<String> files, Set<String> gone, String target, Owner owner, OutputStream to)
            throws IOException {
        String root = target.substring(1);
        TarArchiveOutputStream tar = begin(root, owner, to);
        for (Path each : below(data)) {
            String name = data.relativize(each).toString().replace('\\', '/');
            if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                put(tar, folder(root + "/" + name, FOLDER_MODE, owner));
            } else if (files.contains(name)) {
                file(tar, each, root + "/" + name, owner, new HashMap<>());
            }
        }
        for (String name : gone) {
            int last = name.lastIndexOf('/') + 1;
            TarArchiveEntry mark =
                    new TarArchiveEntry(root + "/" + name.substring(0, last) + GONE + name.substring(last));
            own(mark, FILE_MODE, owner);
            put(tar, mark);
        }
        tar.finish();
    }

    /**
     * Writes a few files as if they were all that is in a data directory. The stream stays open.
     *
     * @param files their contents by their names below {@code target}, in the order to be written
     */
    public static void write(Map<String, byte[]> files, String target, Owner owner, OutputStream to)
            throws IOException {
        String root = target.substring(1);
        TarArchiveOutputStream tar = begin(root, owner, to);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            TarArchiveEntry entry = new TarArchiveEntry(root + "/" + file.getKey());
            entry.setSize(file.getValue().length);
            own(entry, FILE_MODE, owner);
            tar.putArchiveEntry(entry);
            tar.write(file.getValue());
            tar.closeArchiveEntry();
        }
        tar.finish();
    }

    /**
     * Writes what an archive of a data directory holds, whoever made it. The streams stay open.
     *
     * @param prefix what the names of its entries begin with, such as {@code ./}
     * @param target where it is to be in the image, absolute
     * @throws IOException if it can't be read, holds what no data directory does, or can't be written
     */
    public static void relocate(InputStream from, String prefix, String target, Owner owner, OutputStream to)
            throws IOException {
        String root = target.substring(1);
        ForeignTar packed = new ForeignTar(from);
        TarArchiveOutputStream tar = begin(root, owner, to);
        for (Optional<TarArchiveEntry> next = packed.next(); next.isPresent(); next = packed.next()) {
            TarArchiveEntry entry = next.get();
            if (entry.getName().equals(prefix)) {
                continue;
            }
            String name = root + "/" + below(prefix, entry.getName());
            if (entry.isDirectory()) {
                put(tar, folder(name.substring(0, name.length() - 1), FOLDER_MODE, owner));
            } else if (entry.isLink()) {
                put(tar, link(name, root + "/" + below(prefix, entry.getLinkName()), owner));
            } else if (entry.isSymbolicLink()) {
                throw new LinkInDataException(entry.getName());
            } else {
                requireFile(entry);
                TarArchiveEntry file = new TarArchiveEntry(name);
                file.setSize(entry.getSize());
                own(file, FILE_MODE, owner);
                tar.putArchiveEntry(file);
                packed.content().transferTo(tar);
                tar.closeArchiveEntry();
            }
        }
        tar.finish();
    }

    private static String below(String prefix, String name) throws IOException {
        if (!name.startsWith(prefix) || ("/" + name + "/").contains("/../")) {
            throw new IOException(name + " leads out of the archive");
        }
        return name.substring(prefix.length());
    }

    private static TarArchiveOutputStream begin(String root, Owner owner, OutputStream to) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(to, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        for (int slash = root.indexOf('/'); slash > 0; slash = root.indexOf('/', slash + 1)) {
            put(tar, folder(root.substring(0, slash), PASSABLE, new Owner(0, 0)));
        }
        put(tar, folder(root, FOLDER_MODE, owner));
        return tar;
    }

    private static List<Path> below(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(each -> !each.equals(data)).sorted().toList();
        }
    }

    private static TarArchiveEntry folder(String name, int mode, Owner owner) {
        TarArchiveEntry entry = new TarArchiveEntry(name + "/");
        own(entry, mode, owner);
        return entry;
    }

    private static void file(
            TarArchiveOutputStream tar, Path file, String name, Owner owner, Map<Object, String> linked)
            throws IOException {
        Map<String, Object> facts = Files.readAttributes(
                file, "unix:nlink,fileKey,size,isRegularFile,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
        if (facts.get("isSymbolicLink") == Boolean.TRUE) {
            throw new LinkInDataException(name);
        }
        if (facts.get("isRegularFile") != Boolean.TRUE) {
            // A socket or a pipe is nobody's data.
            return;
        }
        Object key = facts.get("fileKey");
        if (facts.get("nlink") instanceof Integer links && links > 1 && key != null) {
            String first = linked.putIfAbsent(key, name);
            if (first != null) {
                put(tar, link(name, first, owner));
                return;
            }
        }
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize((Long) facts.getOrDefault("size", 0L));
        own(entry, FILE_MODE, owner);
        tar.putArchiveEntry(entry);
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            content.transferTo(tar);
        }
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry link(String name, String first, Owner owner) {
        TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_LINK);
        link.setLinkName(first);
        own(link, FILE_MODE, owner);
        return link;
    }

    /** @throws IOException if it is none: a device, a pipe, or one that says it is larger than what is stored of it */
    private static void requireFile(TarArchiveEntry entry) throws IOException {
        if (!entry.isFile()
                || entry.isFIFO()
                || entry.isCharacterDevice()
                || entry.isBlockDevice()
                || entry.isSparse()) {
            throw new IOException(entry.getName() + " is nothing that a data directory holds");
        }
    }

    private static void own(TarArchiveEntry entry, int mode, Owner owner) {
        entry.setMode(mode);
        entry.setIds(owner.uid(), owner.gid());
        entry.setNames("", "");
        entry.setModTime(0L);
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    /**
     * Reads an archive of one data directory into a folder that exists, whatever it was called in the archive. Owners and times are not kept.
     *
     * @param prefix what the names of entries begin with that are wanted, such as {@code ./}; all others are skipped
     * @throws IOException if it can't be read, leads out of the folder, or the folder not be written
     */
    public static void unpack(InputStream from, String prefix, Path folder) throws IOException {
        unpack(from, prefix, folder, Long.MAX_VALUE);
    }

    /**
     * Like {@link #unpack(InputStream, String, Path)}, but what is already there is not stored again.
     *
     * @param like a folder whose files become those of the same name and content, by links, where the file system lets them
     * @param most what its files may hold altogether
     */
    public static void unpack(InputStream from, String prefix, Path folder, Optional<Path> like, long most)
            throws IOException {
        long left = most;
        int entries = 0;
        ForeignTar tar = new ForeignTar(from);
        for (Optional<TarArchiveEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
            TarArchiveEntry entry = next.get();
            if (!entry.getName().startsWith(prefix) || entry.getName().equals(prefix)) {
                continue;
            }
            Path target = inside(folder, entry.getName(), prefix);
            left -= entry.getSize();
            if (left < 0) {
                throw new IOException("it holds more than the " + most + " bytes that it is said to hold");
            }
            if (++entries > MOST_ENTRIES) {
                throw new IOException("it holds more than " + MOST_ENTRIES + " files");
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else if (entry.isLink()) {
                Files.createLink(target, inside(folder, entry.getLinkName(), prefix));
            } else if (entry.isSymbolicLink()) {
                throw new LinkInDataException(entry.getName());
            } else {
                requireFile(entry);
                Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
                Optional<Path> known = like.map(all -> all.resolve(folder.relativize(target)));
                unpack(tar.content(), entry.getSize(), target, known);
            }
        }
    }

    /**
     * Like {@link #unpack(InputStream, String, Path)}, but of an archive that somebody else has made.
     *
     * @param most what its files may hold altogether
     */
    public static void unpack(InputStream from, String prefix, Path folder, long most) throws IOException {
        unpack(from, prefix, folder, Optional.empty(), most);
    }

    private static void unpack(InputStream content, long size, Path target, Optional<Path> like) throws IOException {
        if (like.isEmpty() || !Files.exists(like.get()) || Files.size(like.get()) != size) {
            SparseFile.write(content, target);
        } else if (size > COMPARED_IN_MEMORY) {
            SparseFile.write(content, target);
            if (Files.mismatch(target, like.get()) < 0) {
                Files.delete(target);
                link(target, like.get());
            }
        } else {
            byte[] bytes = content.readNBytes((int) size);
            if (!Arrays.equals(bytes, Files.readAllBytes(like.get())) || !isLinked(target, like.get())) {
                // Never into what is there: that could be a link to the other's file.
                Files.write(target, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
        }
    }

    private static void link(Path target, Path like) throws IOException {
        if (!isLinked(target, like)) {
            Files.copy(like, target);
        }
    }

    private static boolean isLinked(Path target, Path like) {
        try {
            Files.createLink(target, like);
            return true;
        } catch (IOException | UnsupportedOperationException noLinksHere) {
            return false;
        }
    }

    private static Path inside(Path folder, String name, String prefix) throws IOException {
        Path path = folder.resolve(name.startsWith(prefix) ? name.substring(prefix.length()) : name)
                .normalize();
        if (!path.startsWith(folder.normalize())) {
            throw new IOException(name + " leads out of the archive");
        }
        return path;
    }
}
