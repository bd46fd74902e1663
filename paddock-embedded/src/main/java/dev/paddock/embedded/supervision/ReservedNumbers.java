package dev.paddock.embedded.supervision;

import dev.paddock.home.OwnFolders;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where it is told which account numbers root's servers have, on machines that have fewer of them than of processes: by a file for each, which is
 * locked as long as a server has the number. All homes of root's on a machine have the same numbers, so it is in none of them.
 */
final class ReservedNumbers {
    private static final String NAME = "paddock-accounts";
    private static final List<Path> PLACES = List.of(Path.of("/run"), Path.of("/var/lib"));

    private ReservedNumbers() {}

    /** @throws PaddockException if there is none that only root can write to, for then two servers could get the same number */
    static Path folder() {
        for (Path place : PLACES) {
            Path folder = place.resolve(NAME);
            if (Files.isDirectory(place) && isMade(folder) && OwnFolders.isOwn(folder) && Files.isWritable(folder)) {
                return folder;
            }
        }
        throw new PaddockException(
                "this machine has few account numbers, so root's servers reserve theirs, and there is nowhere to do that: no folder "
                        + NAME + " that is root's alone can be made in " + PLACES.get(0) + " or " + PLACES.get(1),
                "let root write to " + PLACES.get(0) + ", or run Paddock as an ordinary user");
    }

    private static boolean isMade(Path folder) {
        try {
            OwnFolders.make(folder);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
