package dev.paddock.embedded;

import dev.paddock.home.Account;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.Folders;
import dev.paddock.home.OwnFolders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A copy of a folder of root's where every account can run what is in it. Below the cache if others can get there; else in a folder with a
 * name that nobody can foresee, which the cache remembers. Whatever else is found is not believed.
 *
 * @param name of the copy, in the cache
 */
record PublicCopy(PaddockHome home, Account account, Path folder, String name) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Set<PosixFilePermission> WHOLE = PosixFilePermissions.fromString("rwxr-xr-x");

    /** Made if it isn't there. */
    Path path() {
        Path memory = home.cacheFolder("public").resolve(name);
        try {
            Path known = remembered(memory);
            if (isWhole(known)) {
                return known;
            }
            try (FileLockScope lock = FileLockScope.acquire(home, "public-" + name, PATIENCE)) {
                known = remembered(memory);
                return isWhole(known) ? known : make(memory, known);
            }
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't copy " + folder + " to where another account can run it: " + failure.getMessage(), failure);
        }
    }

    private static Path remembered(Path memory) throws IOException {
        try {
            return Path.of(Files.readString(memory));
        } catch (NoSuchFileException none) {
            return memory.resolve("none");
        }
    }

    /** Its mode tells: it is closed until all of it is there. */
    private static boolean isWhole(Path copy) {
        try {
            if (!Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getPosixFilePermissions(copy, LinkOption.NOFOLLOW_LINKS)
                            .equals(WHOLE)) {
                return false;
            }
            OwnFolders.require(copy);
            return true;
        } catch (IOException | PaddockException absentOrNotOurs) {
            return false;
        }
    }

    private Path make(Path memory, Path unfinished) throws IOException {
        if (isRoots(unfinished)) {
            Folders.delete(unfinished);
        }
        List<String> refusals = new ArrayList<>();
        for (Path place : places()) {
            if (!Files.isWritable(place) || !account.canReach(place)) {
                refusals.add(place + " can't be written to, or not be reached");
                continue;
            }
            Path copy = Files.createTempDirectory(place, "paddock-");
            // Remembered first: should this process die, the next one removes it.
            Files.writeString(memory, copy.toString());
            try {
                OwnFolders.require(copy);
                copy(copy);
                if (runsPrograms(copy)) {
                    Files.setPosixFilePermissions(copy, WHOLE);
                    return copy;
                }
                refusals.add(place + " lets nobody run programs");
            } catch (IOException | PaddockException failure) {
                refusals.add(place + ": " + failure.getMessage());
            }
            Folders.delete(copy);
        }
        throw new IOException(String.join("; ", refusals));
    }

    private static boolean isRoots(Path path) {
        try {
            return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS) == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private Set<Path> places() {
        Set<Path> places = new LinkedHashSet<>();
        if (home.letPass(account)) {
            places.add(home.cache());
        }
        String temp = System.getenv("TMPDIR");
        if (temp != null && temp.startsWith("/")) {
            places.add(Path.of(temp));
        }
        places.addAll(List.of(Path.of("/var/tmp"), Path.of("/tmp"), Path.of("/dev/shm")));
        return places;
    }

    private void copy(Path to) throws IOException {
        Process copy = new ProcessBuilder("cp", "-a", folder + "/.", to.toString())
                .redirectErrorStream(true)
                .start();
        String answer = new String(copy.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (copy.waitFor() != 0) {
                throw new IOException(answer);
            }
            // The folder's own mode came along.
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
        } catch (InterruptedException interrupted) {
            copy.destroy();
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted", interrupted);
        }
    }

    /** The kernel says of no file that it can be run where a file system was mounted that way. */
    private static boolean runsPrograms(Path copy) throws IOException {
        try (var programs = Files.walk(copy)) {
            return programs.filter(Files::isRegularFile).anyMatch(Files::isExecutable);
        }
    }
}
