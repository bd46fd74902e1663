package dev.paddock.snapshot;

import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said of damaged snapshots, and whose they are. */
record Damages(Names names) {

    /** Of a folder whose manifest doesn't say what it holds. */
    Optional<DamagedSnapshot> unreadable(Path folder, Optional<String> name) {
        try {
            return Manifest.read(folder).id().equals(SnapshotFolders.idOf(folder))
                    ? Optional.empty()
                    : Optional.of(of(folder, name, "its manifest is that of another snapshot"));
        } catch (PaddockException damaged) {
            return Optional.of(of(folder, name, String.valueOf(damaged.getMessage())));
        }
    }

    /** Without a name nobody can miss it. */
    static DamagedSnapshot of(Path folder, Optional<String> name, String reason) {
        return new DamagedSnapshot(name, Optional.of(SnapshotFolders.idOf(folder)), folder, reason, name.isEmpty());
    }

    /** Of one whose manifest can be read. */
    DamagedSnapshot of(Snapshot snapshot, String reason) {
        Optional<String> name = Optional.ofNullable(names.byId().get(snapshot.id()));
        return new DamagedSnapshot(
                name,
                Optional.of(snapshot.id()),
                snapshot.folder(),
                reason,
                name.isEmpty() && canBeMadeAgain(snapshot));
    }

    /** Whether Paddock made it for itself. */
    static boolean canBeMadeAgain(Snapshot snapshot) {
        Kind kind = snapshot.manifest().kind();
        return kind == Kind.EMPTY || kind == Kind.TEMPLATE;
    }

    /** Of a name that doesn't tell any more what it stands for. */
    DamagedSnapshot lostName(String name) {
        Path file = names.file(name);
        return new DamagedSnapshot(
                Optional.of(name), Optional.empty(), file, "the file " + file + " holds no snapshot's id", false);
    }

    List<DamagedSnapshot> lostNames() {
        List<DamagedSnapshot> lost = new ArrayList<>();
        names.all().forEach((name, id) -> {
            if (id.isEmpty()) {
                lost.add(lostName(name));
            }
        });
        return lost;
    }
}
