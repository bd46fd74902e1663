package dev.paddock.snapshot;

import dev.paddock.home.Seal;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether a snapshot's files are those that it was made of. */
final class Examination {
    private static final String DATA = "data/";
    private static final int BUFFER = 64 * 1024;
    private static final String CONTROL = "global/pg_control";
    /** Without which PostgreSQL doesn't start, of whatever version. */
    private static final List<String> OFTEN_EMPTY = List.of(
            "pg_commit_ts",
            "pg_dynshmem",
            "pg_notify",
            "pg_replslot",
            "pg_serial",
            "pg_snapshots",
            "pg_stat",
            "pg_tblspc",
            "pg_twophase");

    private final Path folder;
    private final Seal seal;
    /** By what tells a file from any other: copies of a database share theirs. */
    private final Map<Object, String> known = new HashMap<>();

    private Optional<Map<String, String>> index = Optional.empty();

    Examination(Path folder) {
        this.folder = folder;
        this.seal = Seal.of(folder);
    }

    /**
     * What never changes in a snapshot's folder.
     *
     * @param unopened folders below {@code data} whose files are links to others there
     */
    static Seal.Extent extent(Set<String> unopened) {
        return new Seal.Extent(
                List.of(Manifest.FILE, FileIndex.FILE, "data"),
                unopened.stream().map(name -> DATA + name).sorted().collect(Collectors.toList()),
                false);
    }

    /** By a look at the files from outside; by their content where that tells something else than their seal, or there is no seal. */
    Optional<String> quick() {
        if (seal.isSound()) {
            return Optional.empty();
        }
        return seal.isClosed() ? seal.damage(this::isAsItWas, false) : unsealed();
    }

    /** By the content of each file. */
    Optional<String> thorough() {
        Optional<String> damage = contents();
        return damage.isEmpty() && seal.isClosed() ? seal.damage(name -> true, false) : damage;
    }

    /** Made by somebody who was killed in that moment, or by a Paddock that knew no seals. */
    private Optional<String> unsealed() {
        Optional<String> damage = contents();
        if (damage.isEmpty()) {
            try {
                if (Manifest.read(folder).copies() > 0) {
                    return Optional.of("it was never completed");
                }
                seal.close(extent(Set.of()));
            } catch (IOException | PaddockException unwritable) {
                // Its files are right all the same.
            }
        }
        return damage;
    }

    private Optional<String> contents() {
        try {
            Manifest manifest = Manifest.read(folder);
            Map<String, String> digests = index();
            if (!manifest.isOf(digests) || !folder.endsWith(manifest.id())) {
                return Optional.of("its manifest and its list of files don't belong together");
            }
            for (Map.Entry<String, String> file : new TreeMap<>(digests).entrySet()) {
                if (!digest(folder.resolve(DATA + file.getKey())).equals(Optional.of(file.getValue()))) {
                    return Optional.of(
                            DATA + file.getKey() + " is missing or has another content than it was made with");
                }
            }
            // No list of files names a folder that is empty.
            for (String needed : digests.containsKey(CONTROL) ? OFTEN_EMPTY : List.<String>of()) {
                if (!Files.isDirectory(folder.resolve(DATA + needed), LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.of(DATA + needed + " is missing");
                }
            }
            return Optional.empty();
        } catch (PaddockException unreadable) {
            return Optional.of(String.valueOf(unreadable.getMessage()));
        }
    }

    private boolean isAsItWas(String name) {
        try {
            Map<String, String> digests = index();
            return name.startsWith(DATA)
                    ? digest(folder.resolve(name))
                            .equals(Optional.ofNullable(digests.get(name.substring(DATA.length()))))
                    : Manifest.read(folder).isOf(digests);
        } catch (PaddockException unreadable) {
            return false;
        }
    }

    private Map<String, String> index() {
        if (index.isEmpty()) {
            index = Optional.of(FileIndex.read(folder));
        }
        return index.get();
    }

    private Optional<String> digest(Path file) {
        try {
            BasicFileAttributes facts =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!facts.isRegularFile()) {
                return Optional.empty();
            }
            Object key = facts.fileKey();
            String before = key == null ? null : known.get(key);
            if (before != null) {
                return Optional.of(before);
            }
            String digest = read(file);
            if (key != null) {
                known.put(key, digest);
            }
            return Optional.of(digest);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String read(Path file) throws IOException {
        MessageDigest digest = DirectoryCapture.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
