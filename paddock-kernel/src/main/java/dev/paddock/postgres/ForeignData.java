package dev.paddock.postgres;

import dev.paddock.engine.EngineServer;
import dev.paddock.home.Account;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import dev.paddock.snapshot.StagedSnapshot;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes data that was written on another platform fit to be used on this one. An index is in the order that the libraries of its writer have;
 * where those of its reader have another, it finds nothing or the wrong rows. So each snapshot is looked at once per platform, and rebuilt if need
 * be; what comes of it is a snapshot of its own, which is found the next time. Data of the same platform costs nothing.
 */
public record ForeignData(SnapshotStore store) {

    /**
     * A snapshot of the same data that fits.
     *
     * @param platform what the server that is to read it runs on
     * @param start starts that server on a clone of a snapshot, in memory
     * @throws PaddockException if it can't be used there, with the reason
     */
    public Snapshot fit(Snapshot snapshot, DataPlatform platform, Function<Snapshot, EngineServer> start) {
        Optional<DataPlatform> written = snapshot.manifest().platform();
        if (written.equals(Optional.of(platform))) {
            return snapshot;
        }
        if (written.isPresent() && !written.get().architecture().equals(platform.architecture())) {
            throw new PaddockException(
                    "the data of " + snapshot.label() + " was written on "
                            + written.get().architecture() + ", and a server on " + platform.architecture()
                            + " can't read it",
                    "restore a dump of it there, and make a snapshot of that");
        }
        return store.soundByKey(
                "fit 1\n" + platform + "\n" + snapshot.id(), () -> convert(snapshot, written, platform, start));
    }

    private Snapshot convert(
            Snapshot snapshot,
            Optional<DataPlatform> written,
            DataPlatform platform,
            Function<Snapshot, EngineServer> start) {
        Snapshot renamed;
        boolean stays;
        try (StagedSnapshot staged = store.stage(sameData(snapshot, platform))) {
            // It may have come from here: then there is such a snapshot, which is somebody's.
            stays = store.find(staged.snapshot().id()).isPresent();
            renamed = store.get(staged.publish().id());
        }
        if (!renamed.manifest().platform().equals(Optional.of(platform))) {
            throw new PaddockException(
                    "the manifest of the snapshot " + renamed.id() + " was changed by hand",
                    "remove that snapshot with: paddock snapshot rm " + renamed.label());
        }
        try (EngineServer server = start.apply(renamed)) {
            boolean changed = new CollationRefresh(server).run();
            stays |= !changed;
            return changed ? server.shutDown(label(snapshot.manifest())) : renamed;
        } catch (PaddockException failure) {
            throw new PaddockException(
                    "the data of " + snapshot.label() + " was written on "
                            + written.map(DataPlatform::toString).orElse("an unknown platform")
                            + " and can't be used on " + platform + ": " + failure.getMessage(),
                    failure.advice()
                            .orElse(Hint.of("if a locale is missing, install it there, or name an image that has it")),
                    failure);
        } finally {
            if (!stays) {
                store.remove(renamed.id());
            }
        }
    }

    private static Label label(Manifest facts) {
        return new Label(facts.kind(), Optional.empty(), facts.user(), facts.database());
    }

    /** All of its files, linked where the file system can. */
    private static Draft sameData(Snapshot snapshot, DataPlatform platform) {
        Manifest facts = snapshot.manifest();
        if (facts.copies() > 0) {
            throw new PaddockException(
                    "the snapshot " + snapshot.label() + " holds copies, which are made on each platform anew",
                    "start from its parent " + facts.parent().orElse(""));
        }
        return new Draft(
                snapshot.data(),
                Optional.of(new Draft.Base(snapshot, snapshot.folder().resolve("no changes"))),
                Account.forPostgres().foreignOwner(),
                facts.kind(),
                facts.version(),
                facts.origin(),
                Optional.of(platform),
                facts.format(),
                facts.user(),
                facts.database(),
                Optional.of(snapshot.id()),
                Optional.empty(),
                Set.of());
    }
}
