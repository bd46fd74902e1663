package dev.paddock.embedded;

import dev.paddock.embedded.installation.CachedTrees;
import dev.paddock.embedded.installation.Installation;
import dev.paddock.model.PaddockException;
import dev.paddock.snapshot.DamagedSnapshot;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server stands on: an installation, perhaps extensions, a snapshot. All of it is looked at while the server starts, and what is damaged
 * and can be made again is removed.
 */
final class Foundation {
    private final CachedTrees trees;
    private final SnapshotStore snapshots;
    private final List<Path> used = new ArrayList<>();
    private Optional<Snapshot> origin = Optional.empty();

    Foundation(CachedTrees trees, SnapshotStore snapshots) {
        this.trees = trees;
        this.snapshots = snapshots;
    }

    /** Something in the cache was damaged. It is gone now, so that it is made again by whoever needs it next. */
    static final class DamagedException extends PaddockException {
        private static final long serialVersionUID = 1;

        DamagedException(Path place, String reason) {
            super(place + " was damaged: " + reason, "it was removed, and is made again the next time");
        }
    }

    void add(Installation installation) {
        trees.above(installation.bin()).ifPresent(this::add);
    }

    void add(Path tree) {
        trees.look(tree);
        used.add(tree);
    }

    void add(Snapshot snapshot) {
        snapshots.look(snapshot);
        origin = Optional.of(snapshot);
    }

    /**
     * Waits for what the looks have shown.
     *
     * @throws DamagedException if something was damaged that has been removed
     * @throws PaddockException if a snapshot is damaged that only its user can replace
     */
    void requireSound() {
        for (Path tree : used) {
            Optional<String> damage = trees.damage(tree);
            if (damage.isPresent()) {
                trees.remove(tree);
                throw new DamagedException(tree, damage.get());
            }
        }
        Optional<DamagedSnapshot> damage = origin.flatMap(snapshots::damage);
        if (damage.isPresent()) {
            if (!damage.get().canBeMadeAgain()) {
                throw damage.get().failure();
            }
            snapshots.discard(origin.orElseThrow());
            throw new DamagedException(damage.get().place(), damage.get().reason());
        }
    }
}
