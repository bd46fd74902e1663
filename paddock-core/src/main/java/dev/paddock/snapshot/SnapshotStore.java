package dev.paddock.snapshot;

import dev.paddock.closing.Closer;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The snapshots in the user's cache: one folder each, called by its content's digest; and names and keys that stand for them,
 * one small file each. A snapshot appears by one rename, so that it is whole or absent whatever happens. Thread-safe, and
 * shared by any number of processes.
 */
public final class SnapshotStore {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LAST_MOMENT = Duration.ofMillis(500);

    private final PaddockHome home;
    private final Predicate<Path> inUse;
    private final Folders folders = new Folders();

    /** @param inUse whether a server is running on a clone that reads from this folder */
    public SnapshotStore(PaddockHome home, Predicate<Path> inUse) {
        this.home = home;
        this.inUse = inUse;
    }

    /** The snapshot of this name, id, or beginning of an id. */
    public Optional<Snapshot> find(String nameOrId) {
        if (!isName(nameOrId)) {
            return Optional.empty();
        }
        Optional<Snapshot> named = read(pointer("names", nameOrId), Optional.of(nameOrId));
        if (named.isPresent() || nameOrId.length() < 6) {
            return named;
        }
        if (isDigest(nameOrId)) {
            return withId(nameOrId, Optional.ofNullable(names().get(nameOrId)));
        }
        List<Snapshot> matches =
                list().stream().filter(each -> each.id().startsWith(nameOrId)).toList();
        return matches.size() == 1 ? Optional.of(matches.get(0)) : Optional.empty();
    }

    /** @throws PaddockException if there is none of that name */
    public Snapshot get(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> {
            List<String> names = List.copyOf(names().values());
            return new PaddockException(
                    "there is no snapshot '" + nameOrId + "'",
                    names.isEmpty()
                            ? "make one with: paddock snapshot create " + nameOrId
                            : "the named ones are " + String.join(", ", names));
        });
    }

    /** All of them, the newest first. */
    public List<Snapshot> list() {
        Map<String, String> names = names();
        List<Snapshot> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(root())) {
            for (Path folder : entries.toList()) {
                if (Files.exists(folder.resolve(Manifest.FILE))
                        && isDigest(folder.getFileName().toString())) {
                    Manifest manifest = Manifest.read(folder);
                    found.add(new Snapshot(Optional.ofNullable(names.get(manifest.id())), manifest, folder));
                }
            }
        } catch (IOException failure) {
            throw unreadable(failure);
        }
        found.sort(Comparator.comparing((Snapshot each) -> each.manifest().created())
                .reversed());
        return found;
    }

    /**
     * The snapshot that stands for {@code key}, made by {@code maker} if there is none. Whoever asks for the same key at the
     * same time, in whichever process, waits for the one that makes it.
     */
    public Snapshot byKey(String key, Supplier<Snapshot> maker) {
        Path pointer = pointer("keys", HexFormat.of().formatHex(digest(key)));
        Optional<Snapshot> ready = read(pointer, Optional.empty());
        if (ready.isPresent()) {
            return ready.get();
        }
        try (FileLockScope lock =
                FileLockScope.acquire(home, pointer.getFileName().toString(), PATIENCE)) {
            ready = read(pointer, Optional.empty());
            if (ready.isPresent()) {
                return ready.get();
            }
            Snapshot made = maker.get();
            point(pointer, made.id());
            return made;
        }
    }

    /** Copies a data directory into the store. Nothing is left of it if that fails. */
    public Snapshot add(Draft draft) {
        try (Staged staged = stage(draft)) {
            return staged.publish();
        }
    }

    /** Copies a data directory to where nobody finds it. To be closed by the caller. */
    public Staged stage(Draft draft) {
        try {
            Path folder = folders.draft(root());
            try {
                DirectoryCapture capture = new DirectoryCapture(draft, folder.resolve("data"));
                capture.run();
                FileIndex.write(folder, capture.digests());
                Manifest manifest = manifest(draft, capture);
                manifest.write(folder);
                return new Staged(new Snapshot(Optional.empty(), manifest, folder));
            } catch (IOException | RuntimeException failure) {
                Folders.delete(folder);
                throw failure;
            }
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    /** A snapshot that only its maker knows of, as yet. Closing it removes it unless it was published. */
    public final class Staged implements AutoCloseable {
        private final Snapshot snapshot;

        private Staged(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        public Snapshot snapshot() {
            return snapshot;
        }

        /** Lets everybody find it, all at once. */
        public Snapshot publish() {
            Path folder = root().resolve(snapshot.id());
            try {
                Files.move(snapshot.folder(), folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException taken) {
                // The same content is there already, perhaps since a moment ago.
                if (!Files.exists(folder.resolve(Manifest.FILE))) {
                    throw unwritable(taken);
                }
            }
            return new Snapshot(Optional.empty(), snapshot.manifest(), folder);
        }

        @Override
        public void close() {
            try {
                Folders.delete(snapshot.folder());
            } catch (IOException failure) {
                throw unwritable(failure);
            }
        }
    }

    private static Manifest manifest(Draft draft, DirectoryCapture capture) {
        StringBuilder content = new StringBuilder()
                .append(draft.version())
                .append(draft.origin())
                .append(draft.format())
                .append(draft.user())
                .append('\0')
                .append(draft.database());
        draft.platform().ifPresent(platform -> content.append('\0').append(platform));
        capture.digests()
                .forEach((name, digest) ->
                        content.append('\n').append(digest).append("  ").append(name));
        return new Manifest(
                HexFormat.of().formatHex(digest(content.toString())),
                draft.kind(),
                draft.version(),
                draft.origin(),
                draft.platform(),
                draft.format(),
                draft.user(),
                draft.database(),
                draft.parent(),
                draft.duplication().map(twice -> twice.copies().size()).orElse(0),
                Instant.now(),
                capture.digests().size(),
                capture.bytes(),
                capture.stored());
    }

    /** @throws PaddockException if the name stands for another snapshot */
    public Snapshot name(Snapshot snapshot, String name) {
        requireFree(name);
        point(pointer("names", name), snapshot.id());
        return new Snapshot(Optional.of(name), snapshot.manifest(), snapshot.folder());
    }

    /** Notes that an image in a registry is this snapshot, for {@link Snapshot#images}. */
    public void noteImage(Snapshot snapshot, String image) {
        Set<String> images = new LinkedHashSet<>(snapshot.images());
        if (images.add(image)) {
            try {
                Path written = Files.createTempFile(home.cacheFolder("locks"), "images", "");
                Files.write(written, images);
                Files.move(written, snapshot.folder().resolve(Snapshot.IMAGES), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException failure) {
                throw unwritable(failure);
            }
        }
    }

    /** @throws PaddockException if {@code name} can't be a snapshot's, or is one's already */
    public void requireFree(String name) {
        if (!isName(name)) {
            throw new InvalidSpecException(
                    "'" + name + "' can't be a snapshot's name", "use letters, digits, dots, dashes and underscores");
        }
        if (read(pointer("names", name), Optional.of(name)).isPresent()) {
            throw new PaddockException(
                    "there is a snapshot '" + name + "' already", "remove it with: paddock snapshot rm " + name);
        }
    }

    /**
     * Takes a name, if there is one, before the snapshot is made that is to have it: who comes second is told at once, and makes none in
     * vain.
     *
     * @return to be closed when the snapshot has its name, or isn't to have it
     * @throws PaddockException if {@code name} can't be a snapshot's, is one's already, or is about to be
     */
    public Reservation reserve(Optional<String> name) {
        Optional<FileLockScope> lock = name.map(wanted -> {
            requireFree(wanted);
            return FileLockScope.tryAcquire(home, "name-" + wanted)
                    .orElseThrow(() -> new PaddockException(
                            "a snapshot '" + wanted + "' is being made by another process", "choose another name"));
        });
        Reservation reservation = new Reservation(lock);
        try {
            // It may have been made since the first look.
            name.ifPresent(this::requireFree);
            return reservation;
        } catch (RuntimeException taken) {
            throw Closer.after(taken, reservation::close);
        }
    }

    /** A name that a snapshot is about to get. */
    public record Reservation(Optional<FileLockScope> lock) implements AutoCloseable {
        @Override
        public void close() {
            lock.ifPresent(FileLockScope::close);
        }
    }

    /** @throws PaddockException if a server is running on a clone of it */
    public void remove(String nameOrId) {
        Snapshot snapshot = get(nameOrId);
        // A server that was closed just now may be giving back its storage still.
        if (!Deadline.in(LAST_MOMENT).await(() -> !inUse.test(snapshot.folder()))) {
            throw new PaddockException(
                    "a server is running on a clone of the snapshot " + snapshot.label(),
                    "stop it first, see: paddock ls");
        }
        try {
            for (Map.Entry<String, String> name : pointers("names").entrySet()) {
                if (name.getValue().equals(snapshot.id())) {
                    Files.deleteIfExists(pointer("names", name.getKey()));
                }
            }
            delete(snapshot);
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't remove the snapshot " + snapshot.label() + ": " + failure.getMessage(), null, failure);
        }
    }

    /**
     * Removes templates, and what else Paddock made for itself, that nobody has used for long, and the least recently used ones while
     * all of them are larger than allowed. Never one that has a name, that was used a moment ago, or that a server is running on.
     *
     * @return what was removed
     */
    public List<Snapshot> evict(Retention retention) {
        List<Snapshot> evicted = new ArrayList<>();
        try (FileLockScope lock = FileLockScope.acquire(home, "evict", PATIENCE)) {
            List<Snapshot> candidates = new ArrayList<>(
                    list().stream().filter(each -> each.name().isEmpty()).toList());
            candidates.sort(Comparator.comparing(each -> LastUse.of(each.folder())));
            long total = candidates.stream().mapToLong(Snapshot::stored).sum();
            for (Snapshot each : candidates) {
                boolean tooOld =
                        LastUse.of(each.folder()).isBefore(Instant.now().minus(retention.age()));
                boolean tooMuch =
                        total > retention.size().bytes() && each.manifest().kind() != Kind.EMPTY;
                if ((tooOld || tooMuch) && LastUse.isOver(each.folder()) && !inUse.test(each.folder())) {
                    total -= each.stored();
                    delete(each);
                    evicted.add(each);
                }
            }
            for (Map.Entry<String, String> key : pointers("keys").entrySet()) {
                if (!Files.exists(root().resolve(key.getValue()))) {
                    Files.deleteIfExists(pointer("keys", key.getKey()));
                }
            }
            return evicted;
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't tidy up the cache " + home.cache() + ": " + failure.getMessage(), null, failure);
        }
    }

    private void delete(Snapshot snapshot) throws IOException {
        Path grave = folders.draft(root());
        Files.move(snapshot.folder(), grave.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
        Folders.delete(grave);
    }

    private Optional<Snapshot> read(Path pointer, Optional<String> name) {
        try {
            return withId(Files.readString(pointer).strip(), name);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    private Optional<Snapshot> withId(String id, Optional<String> name) {
        Path folder = root().resolve(id);
        if (!Files.exists(folder.resolve(Manifest.FILE))) {
            return Optional.empty();
        }
        LastUse.note(folder);
        return Optional.of(new Snapshot(name, Manifest.read(folder), folder));
    }

    private void point(Path pointer, String id) {
        try {
            Path written = Files.createTempFile(home.cacheFolder("locks"), "pointer", "");
            Files.writeString(written, id);
            Files.move(written, pointer, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new PaddockException("can't write " + pointer + ": " + failure.getMessage(), null, failure);
        }
    }

    /** Names by the ids they stand for. */
    private Map<String, String> names() {
        Map<String, String> byId = new TreeMap<>();
        pointers("names").forEach((name, id) -> byId.put(id, name));
        return byId;
    }

    private Map<String, String> pointers(String kind) {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> entries = Files.list(home.cacheFolder("snapshot-" + kind))) {
            for (Path entry : entries.toList()) {
                found.put(
                        entry.getFileName().toString(), Files.readString(entry).strip());
            }
            return found;
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    private PaddockException unwritable(IOException failure) {
        return new PaddockException(
                "can't write a snapshot to " + home.cache() + ": " + failure.getMessage(),
                "look at the free space there; PADDOCK_HOME names another place",
                failure);
    }

    private PaddockException unreadable(IOException failure) {
        return new PaddockException(
                "can't read the cache " + home.cache() + ": " + failure.getMessage(), null, failure);
    }

    private Path root() {
        return home.cacheFolder("snapshots");
    }

    private Path pointer(String kind, String name) {
        return home.cacheFolder("snapshot-" + kind).resolve(name);
    }

    private static byte[] digest(String text) {
        return DirectoryCapture.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isName(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    }

    private static boolean isDigest(String text) {
        return text.matches("[0-9a-f]{64}");
    }
}
