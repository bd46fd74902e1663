package dev.paddock.snapshot;

import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said of damaged snapshots, and whose they are. */
record Damages(Names names, Keys keys, SnapshotFolders folders) {

    /** Of a folder whose manifest doesn't say what it holds. */
    Optional<DamagedSnapshot> unreadable(Path folder, Optional<String> name) {
        try {
            folders.manifest(folder);
            return Optional.empty();
        } catch (PaddockException damaged) {
            return Optional.of(of(folder, name, String.valueOf(damaged.getMessage())));
        }
    }

    /** It may be made again if Paddock finds it by a key: then it made it for itself. What has lost its name can be anybody's. */
    private DamagedSnapshot of(Path folder, Optional<String> name, String reason) {
        String id = SnapshotFolders.idOf(folder);
        return new DamagedSnapshot(
                name,
                Optional.of(id),
                folder,
                reason,
                name.isEmpty() && !SnapshotFolders.wasNamed(folder) && keys.lead(id));
    }

    DamagedSnapshot unreadable(Path folder, Optional<String> name, PaddockException reason) {
        return of(folder, name, String.valueOf(reason.getMessage()));
    }

    /** Of one whose manifest can be read. */
    DamagedSnapshot of(Snapshot snapshot, String reason) {
        Optional<String> name = Optional.ofNullable(names.byId().get(snapshot.id()));
        return new DamagedSnapshot(
                name,
                Optional.of(snapshot.id()),
                snapshot.folder(),
                reason,
                name.isEmpty() && !SnapshotFolders.wasNamed(snapshot.folder()) && canBeMadeAgain(snapshot));
    }

    /** Whether Paddock made it for itself. */
    static boolean canBeMadeAgain(Snapshot snapshot) {
        Kind kind = snapshot.manifest().kind();
        return kind == Kind.EMPTY || kind == Kind.TEMPLATE;
    }

    /** Of a name that doesn't tell any more what it stands for, or stands for what isn't there. */
    DamagedSnapshot lostName(String name) {
        Path file = names.file(name);
        Optional<Path> missing = names.id(name).map(folders::of);
        return new DamagedSnapshot(
                Optional.of(name),
                Optional.empty(),
                missing.orElse(file),
                missing.map(folder -> "the folder " + folder + ", which it is in as " + file + " says, is missing")
                        .orElse("the file " + file + " holds no snapshot's id"),
                false);
    }

    List<DamagedSnapshot> lostNames() {
        List<DamagedSnapshot> lost = new ArrayList<>();
        names.all().forEach((name, id) -> {
            if (id.filter(folders::has).isEmpty() && names.has(name)) {
                lost.add(lostName(name));
            }
        });
        return lost;
    }
}
