package dev.paddock.snapshot;

import dev.paddock.closing.Closer;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.Seal;
import dev.paddock.home.Seals;
import dev.paddock.home.WholeFile;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The snapshots in the user's cache: one folder each, called by its content's digest; and names and keys that stand for them,
 * one small file each. A snapshot appears by one rename, so that it is whole or absent whatever happens. Thread-safe, and
 * shared by any number of processes.
 */
public final class SnapshotStore {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LAST_MOMENT = Duration.ofMillis(500);
    private static final Duration TO_BE_SEALED = Duration.ofMinutes(1);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final PaddockHome home;
    private final Predicate<Path> inUse;
    private final SnapshotFolders folders;
    private final Seals seals = new Seals();
    private final Names names;
    private final Keys keys;
    private final Damages damages;
    private final Catalogue catalogue;

    /** @param inUse whether a server is running on a clone that reads from this folder */
    public SnapshotStore(PaddockHome home, Predicate<Path> inUse) {
        this.home = home;
        this.inUse = inUse;
        this.folders = new SnapshotFolders(home);
        this.names = new Names(home);
        this.keys = new Keys(home);
        this.damages = new Damages(names, keys, folders);
        this.catalogue = new Catalogue(folders, names, damages);
    }

    /**
     * The snapshot of this name, id, or beginning of an id.
     *
     * @throws PaddockException if there is one, but so damaged that it can't be told what it is
     */
    public Optional<Snapshot> find(String nameOrId) {
        return catalogue.find(nameOrId);
    }

    /** The one of exactly this id, if it is there and sound. */
    public Optional<Snapshot> findSound(String id) {
        try {
            return catalogue
                    .withId(id, Optional.ofNullable(names.byId().get(id)))
                    .filter(each -> damage(each).isEmpty());
        } catch (PaddockException damaged) {
            return Optional.empty();
        }
    }

    /** @throws PaddockException if there is none of that name */
    public Snapshot get(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> catalogue.none(nameOrId));
    }

    /**
     * A new empty folder beside the snapshots, so that what is put there can become links to their files. The caller removes it; if the caller dies,
     * the next who makes one does.
     */
    public Path room() {
        try {
            return folders.draft();
        } catch (IOException failure) {
            throw folders.unwritable(failure);
        }
    }

    /** All that can be read, the newest first. */
    public List<Snapshot> list() {
        return catalogue.list();
    }

    /** What can't be read: folders without a manifest that says what they hold, and names that stand for nothing that is known. */
    public List<DamagedSnapshot> damaged() {
        return catalogue.damaged();
    }

    /**
     * The snapshot that stands for {@code key}, made by {@code maker} if there is none. Whoever asks for the same key at the
     * same time, in whichever process, waits for the one that makes it. Whether it is damaged is the caller's question.
     */
    public Snapshot byKey(String key, Supplier<Snapshot> maker) {
        String name = Keys.name(key);
        Optional<Snapshot> ready = ofKey(name);
        if (ready.isPresent()) {
            return ready.get();
        }
        try (FileLockScope lock = FileLockScope.acquire(home, name, PATIENCE)) {
            ready = ofKey(name);
            if (ready.isPresent()) {
                return ready.get();
            }
            Snapshot made = maker.get();
            try {
                keys.give(name, made.id());
            } catch (IOException failure) {
                throw folders.unwritable(failure);
            }
            return made;
        }
    }

    /** The same, and if its files are damaged, made anew. */
    public Snapshot soundByKey(String key, Supplier<Snapshot> maker) {
        Snapshot found = byKey(key, maker);
        if (damage(found).isEmpty()) {
            return found;
        }
        discard(found);
        return byKey(key, maker);
    }

    private Optional<Snapshot> ofKey(String name) {
        try {
            return keys.id(name).flatMap(id -> catalogue.withId(id, Optional.empty()));
        } catch (PaddockException damaged) {
            return Optional.empty();
        }
    }

    /** Begins to look whether its files are as they were made, for {@link #damage}. */
    public void look(Snapshot snapshot) {
        seals.look(snapshot.folder(), () -> new Examination(snapshot.folder()).quick());
    }

    /**
     * What is wrong with its files, if anything. The first look at a snapshot takes some milliseconds, and longer if files were touched: then
     * their content is compared too.
     */
    public Optional<DamagedSnapshot> damage(Snapshot snapshot) {
        return seals.damage(snapshot.folder(), () -> new Examination(snapshot.folder()).quick())
                .map(reason -> damages.of(snapshot, reason));
    }

    /** The same, found out by reading all of its files. */
    public Optional<DamagedSnapshot> verify(Snapshot snapshot) {
        return new Examination(snapshot.folder()).thorough().map(reason -> damages.of(snapshot, reason));
    }

    /** All that is damaged, as far as a look at each tells. */
    public List<DamagedSnapshot> examine() {
        List<DamagedSnapshot> found = new ArrayList<>(damaged());
        list().forEach(each -> damage(each).ifPresent(found::add));
        return found;
    }

    /**
     * Removes what is damaged and can be made again, and whatever stands for it.
     *
     * @return what was removed
     */
    public List<DamagedSnapshot> repair() {
        List<DamagedSnapshot> removed =
                examine().stream().filter(DamagedSnapshot::canBeMadeAgain).toList();
        removed.forEach(each -> each.id().ifPresent(this::discard));
        return removed;
    }

    /** Sees to it that nobody finds a damaged snapshot by a key any more, and removes it unless a server runs on it. */
    public void discard(Snapshot snapshot) {
        discard(SnapshotFolders.idOf(snapshot.folder()));
    }

    private void discard(String damaged) {
        Path folder = folders.of(damaged);
        try {
            keys.removeUnless(id -> !id.equals(damaged));
            seals.forget(folder);
            if (folders.has(damaged) && !inUse.test(folder)) {
                folders.delete(folder);
            }
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't remove the damaged snapshot " + damaged + ": " + failure.getMessage(),
                    "remove the folder " + folder,
                    failure);
        }
    }

    /** Waits until what this process has made is on the disk; some seconds at most, for it can be made again. */
    public void settle() {
        seals.awaitAll(SETTLING);
    }

    /** Copies a data directory into the store. Nothing is left of it if that fails. */
    public Snapshot add(Draft draft) {
        try (StagedSnapshot staged = stage(draft)) {
            return staged.publish();
        }
    }

    /** Copies a data directory to where nobody finds it. To be closed by the caller. */
    public StagedSnapshot stage(Draft draft) {
        return StagedSnapshot.of(draft, folders, seals, inUse);
    }

    /**
     * Gives it a name. It is on the disk then, and so is its name.
     *
     * @throws PaddockException if the name stands for another snapshot
     */
    public Snapshot name(Snapshot snapshot, String name) {
        requireFree(name);
        try {
            seals.await(snapshot.folder());
            Seal seal = Seal.of(snapshot.folder());
            if (!seal.isClosed()) {
                // Another process has made it a moment ago, and may be killed before all of it is on the disk.
                Deadline.in(TO_BE_SEALED).await(() -> seal.isClosed() || !seal.isSound());
                damage(snapshot).ifPresent(damaged -> {
                    throw damaged.failure();
                });
            }
            folders.noteNamed(snapshot.folder());
            names.give(name, snapshot.id());
        } catch (IOException failure) {
            throw folders.unwritable(failure);
        }
        return new Snapshot(Optional.of(name), snapshot.manifest(), snapshot.folder());
    }

    /** Notes that an image in a registry is this snapshot, for {@link Snapshot#images}. */
    public void noteImage(Snapshot snapshot, String image) {
        Set<String> images = new LinkedHashSet<>(snapshot.images());
        if (images.add(image)) {
            try {
                WholeFile.write(snapshot.folder().resolve(Snapshot.IMAGES), String.join("\n", images) + "\n");
            } catch (IOException failure) {
                throw folders.unwritable(failure);
            }
        }
    }

    /** @throws PaddockException if {@code name} can't be a snapshot's, or is one's already */
    public void requireFree(String name) {
        if (!Names.isName(name)) {
            throw new InvalidSpecException(
                    "'" + name + "' can't be a snapshot's name", "use letters, digits, dots, dashes and underscores");
        }
        if (names.has(name)
                && (names.id(name).isEmpty() || folders.has(names.id(name).get()))) {
            throw new PaddockException(
                    "there is a snapshot '" + name + "' already", "remove it with: paddock snapshot rm " + name);
        }
    }

    /** The snapshot that has a name, whole or damaged. */
    public Optional<String> idOf(String name) {
        return Names.isName(name) && names.has(name) ? names.id(name).filter(folders::has) : Optional.empty();
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

    /**
     * Removes a snapshot, or what is left of a damaged one; of one that has other names too, that name.
     *
     * @throws PaddockException if a server is running on a clone of it
     */
    public void remove(String nameOrId) {
        String id = catalogue.idFor(nameOrId);
        Path folder = folders.of(id);
        if (names.of(id).stream().anyMatch(other -> !other.equals(nameOrId)) && names.has(nameOrId)) {
            removeName(nameOrId);
            return;
        }
        // A server that was closed just now may be giving back its storage still.
        if (!Deadline.in(LAST_MOMENT).await(() -> !inUse.test(folder))) {
            throw new PaddockException(
                    "a server is running on a clone of the snapshot " + nameOrId, "stop it first, see: paddock ls");
        }
        try {
            names.removeAllOf(id);
            if (Names.isName(nameOrId)) {
                names.remove(nameOrId);
            }
            if (folders.has(id)) {
                folders.delete(folder);
            }
            seals.forget(folder);
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't remove the snapshot " + nameOrId + ": " + failure.getMessage(),
                    "see whether " + home.cache() + " can be written to",
                    failure);
        }
    }

    private void removeName(String name) {
        try {
            names.remove(name);
        } catch (IOException failure) {
            throw new PaddockException("can't remove the name " + name + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * Removes templates, and what else Paddock made for itself, that nobody has used for long, and the least recently used ones while
     * all of them are larger than allowed. Never one that has a name, that was used a moment ago, or that a server is running on.
     *
     * @return what was removed
     */
    public List<Snapshot> evict(Retention retention) {
        try (FileLockScope lock = FileLockScope.acquire(home, "evict", PATIENCE)) {
            boolean namesAreLost = damaged().stream().anyMatch(each -> each.id().isEmpty());
            List<Snapshot> evicted = new Eviction(retention)
                    .choose(
                            list(),
                            each -> inUse.test(each.folder())
                                    || SnapshotFolders.wasNamed(each.folder())
                                    || (namesAreLost && !Damages.canBeMadeAgain(each)));
            for (Snapshot each : evicted) {
                folders.delete(each.folder());
            }
            keys.removeUnless(folders::has);
            return evicted;
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't tidy up the cache " + home.cache() + ": " + failure.getMessage(), failure);
        }
    }
}
