package dev.paddock.embedded;

import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.home.SignOfLife;
import dev.paddock.home.WholeFile;
import dev.paddock.model.OutOfSightException;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The supervisors of standing servers, by the files that they keep locked: those of other containers that have the same home can be seen
 * by nothing else. In each file stands the snapshot that its server is a clone of.
 */
record StandingSupervisors(PaddockHome home) {

    /** Makes the file for a supervisor, which is to lock it. */
    Path sign(ProcessStamp supervisor, Path origin) {
        try {
            sweep();
            Folders.delete(file(supervisor));
            return Files.writeString(file(supervisor), origin + "\n", StandardOpenOption.CREATE_NEW);
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + folder() + ": " + failure.getMessage(), failure);
        }
    }

    /** @throws OutOfSightException if it belongs to another container, and may run there */
    void requireInSight(ProcessStamp supervisor) {
        if (supervisor.isOutOfSight() && mayLive(supervisor)) {
            throw new OutOfSightException(file(supervisor));
        }
    }

    /** Whether a server that may run is a clone of this snapshot. */
    boolean need(Path snapshot) {
        try (Stream<Path> signs = Files.list(folder())) {
            return signs.anyMatch(sign ->
                    isOf(snapshot, sign) && stamp(sign).filter(this::mayLive).isPresent());
        } catch (IOException unreadable) {
            return true;
        }
    }

    /** Removes the file of one that was killed. */
    void forget(ProcessStamp supervisor) {
        try {
            Files.deleteIfExists(file(supervisor));
        } catch (IOException sweptLater) {
            // By the next that makes one.
        }
    }

    private static boolean isOf(Path snapshot, Path sign) {
        try {
            return WholeFile.read(sign).lines().anyMatch(snapshot.toString()::equals);
        } catch (IOException removedJustNowOrNoSign) {
            return false;
        }
    }

    private void sweep() throws IOException {
        try (Stream<Path> signs = Files.list(folder())) {
            List<Path> left = signs.filter(
                            sign -> stamp(sign).filter(this::mayLive).isEmpty())
                    .toList();
            left.forEach(StandingSupervisors::sweepUp);
        }
    }

    /** One that can't be deleted is no reason to start no server. */
    private static void sweepUp(Path sign) {
        try {
            Folders.delete(sign);
        } catch (IOException somethingElse) {
            // Left to the next.
        }
    }

    private boolean mayLive(ProcessStamp supervisor) {
        return SignOfLife.mayLive(supervisor, file(supervisor));
    }

    private static Optional<ProcessStamp> stamp(Path sign) {
        return ProcessStamp.parse(String.valueOf(sign.getFileName()));
    }

    private Path file(ProcessStamp supervisor) {
        return folder().resolve(supervisor.toString());
    }

    private Path folder() {
        return home.stateFolder("supervisors");
    }
}
