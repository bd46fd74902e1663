package dev.paddock.snapshot;

import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds snapshots by what users call them: a name, an id, or the beginning of one. Damaged ones are told apart. */
record Catalogue(SnapshotFolders folders, Names names, Damages damages) {
    private static final int SHORTEST_PREFIX = 6;

    /**
     * The snapshot of this name, id, or beginning of an id.
     *
     * @throws PaddockException if there is one, but so damaged that it can't be told what it is
     */
    Optional<Snapshot> find(String nameOrId) {
        if (!Names.isName(nameOrId)) {
            return Optional.empty();
        }
        if (names.has(nameOrId)) {
            String id = names.id(nameOrId)
                    .orElseThrow(() -> damages.lostName(nameOrId).failure());
            Optional<Snapshot> found = withId(id, Optional.of(nameOrId));
            // Whoever removes a snapshot removes its name first.
            if (found.isEmpty() && names.has(nameOrId)) {
                throw damages.lostName(nameOrId).failure();
            }
            return found;
        }
        if (nameOrId.length() < SHORTEST_PREFIX) {
            return Optional.empty();
        }
        if (SnapshotFolders.isDigest(nameOrId)) {
            return withId(nameOrId, Optional.ofNullable(names.byId().get(nameOrId)));
        }
        List<Snapshot> matches =
                list().stream().filter(each -> each.id().startsWith(nameOrId)).toList();
        return matches.stream().map(Snapshot::id).distinct().count() == 1
                ? Optional.of(matches.get(0))
                : Optional.empty();
    }

    PaddockException none(String nameOrId) {
        List<String> known = List.copyOf(names.byId().values());
        return new PaddockException(
                "there is no snapshot '" + nameOrId + "'",
                known.isEmpty()
                        ? "make one with: paddock snapshot create " + nameOrId
                        : "the named ones are " + String.join(", ", known));
    }

    /** All that can be read, the newest first. */
    List<Snapshot> list() {
        Map<String, List<String>> known = names.allById();
        List<Snapshot> found = new ArrayList<>();
        for (Path folder : folders.all()) {
            try {
                Manifest manifest = folders.manifest(folder);
                List<String> called = known.getOrDefault(SnapshotFolders.idOf(folder), List.of());
                called.forEach(name -> found.add(new Snapshot(Optional.of(name), manifest, folder)));
                if (called.isEmpty()) {
                    found.add(new Snapshot(Optional.empty(), manifest, folder));
                }
            } catch (PaddockException damaged) {
                // One of those that are told by damaged().
            }
        }
        found.sort(Comparator.comparing((Snapshot each) -> each.manifest().created())
                .reversed());
        return found;
    }

    /** What can't be read: folders without a manifest that says what they hold, and names that stand for nothing that is known. */
    List<DamagedSnapshot> damaged() {
        Map<String, String> known = names.byId();
        List<DamagedSnapshot> found = new ArrayList<>();
        for (Path folder : folders.all()) {
            damages.unreadable(folder, Optional.ofNullable(known.get(SnapshotFolders.idOf(folder))))
                    .ifPresent(found::add);
        }
        found.addAll(damages.lostNames());
        return found;
    }

    /** Without reading what it stands for; a text that is no id if only a name is left. */
    String idFor(String nameOrId) {
        if (!Names.isName(nameOrId)) {
            throw none(nameOrId);
        }
        if (names.has(nameOrId)) {
            return names.id(nameOrId).orElse("none");
        }
        List<String> matches = folders.all().stream()
                .map(SnapshotFolders::idOf)
                .filter(id -> nameOrId.length() >= SHORTEST_PREFIX && id.startsWith(nameOrId))
                .toList();
        if (matches.size() != 1) {
            throw none(nameOrId);
        }
        return matches.get(0);
    }

    Optional<Snapshot> withId(String id, Optional<String> name) {
        Path folder = folders.of(id);
        if (!folders.has(id)) {
            return Optional.empty();
        }
        try {
            Manifest manifest = folders.manifest(folder);
            LastUse.note(folder);
            return Optional.of(new Snapshot(name, manifest, folder));
        } catch (PaddockException damaged) {
            // Removed by somebody in this moment, or unreadable.
            if (!folders.has(id)) {
                return Optional.empty();
            }
            throw damages.unreadable(folder, name, damaged).failure();
        }
    }
}
