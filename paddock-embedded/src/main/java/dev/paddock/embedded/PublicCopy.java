package dev.paddock.embedded;

import dev.paddock.home.Account;
import dev.paddock.home.CheckedFile;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.Folders;
import dev.paddock.home.OwnFolders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.Seal;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of a folder of root's where every account can run what is in it. Below the cache if others can get there; else in a folder with a
 * name that nobody can foresee, which the cache remembers. Whatever else is found is not believed.
 *
 * @param name of the copy, in the cache
 */
record PublicCopy(PaddockHome home, Account account, Path folder, String name) {
    private static final String PREFIX = "paddock-";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Set<PosixFilePermission> WHOLE = PosixFilePermissions.fromString("rwxr-xr-x");

    /** Made if it isn't there. */
    Path path() {
        CheckedFile memory = new CheckedFile(home.cacheFolder("public").resolve(name));
        try {
            Optional<Path> known = remembered(memory);
            if (known.filter(PublicCopy::isWhole).isPresent()) {
                return known.get();
            }
            try (FileLockScope lock = FileLockScope.acquire(home, "public-" + name, PATIENCE)) {
                known = remembered(memory);
                return known.filter(PublicCopy::isWhole).isPresent() ? known.get() : make(memory, known);
            }
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't copy " + folder + " to where another account can run it: " + failure.getMessage(),
                    "set TMPDIR to a folder that every account may pass through and that isn't mounted noexec, or PADDOCK_HOME"
                            + " to a new one in such a folder",
                    failure);
        }
    }

    /**
     * Nothing if the file is damaged. No text is believed then: a part of a path is another folder, and none is the current one, and what is
     * remembered is run by root, or removed.
     */
    private static Optional<Path> remembered(CheckedFile memory) {
        return memory.read()
                .map(Path::of)
                .filter(copy ->
                        copy.isAbsolute() && copy.getFileName().toString().startsWith(PREFIX));
    }

    /** Its mode tells that all of it was there once, and its seal that it is so still. */
    private static boolean isWhole(Path copy) {
        try {
            if (!Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getPosixFilePermissions(copy, LinkOption.NOFOLLOW_LINKS)
                            .equals(WHOLE)) {
                return false;
            }
            OwnFolders.require(copy);
            return Seal.of(copy).isSound();
        } catch (IOException | PaddockException absentOrNotOurs) {
            return false;
        }
    }

    private Path make(CheckedFile memory, Optional<Path> unfinished) throws IOException {
        if (unfinished.filter(PublicCopy::isRoots).isPresent()) {
            Folders.delete(unfinished.get());
        }
        List<String> refusals = new ArrayList<>();
        for (Path place : places()) {
            if (!Files.isWritable(place) || !account.canReach(place)) {
                refusals.add(place + " can't be written to, or not be reached");
                continue;
            }
            Path copy = Files.createTempDirectory(place, PREFIX);
            try {
                // Remembered first: should this process die, the next one removes it.
                memory.keep(copy.toString());
                OwnFolders.require(copy);
                copy(copy);
                if (runsPrograms(copy)) {
                    Seal.of(copy).close(new Seal.Extent(names(copy), List.of(), false));
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

    private static List<String> names(Path copy) throws IOException {
        try (Stream<Path> entries = Files.list(copy)) {
            return entries.filter(each -> !Seal.isPart(each))
                    .map(each -> each.getFileName().toString())
                    .sorted()
                    .toList();
        }
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
        List<String> command = new ArrayList<>(List.of("cp", "-a", "--"));
        try (Stream<Path> entries = Files.list(folder)) {
            // The seal's own files come and go while others copy, and say nothing of a copy.
            entries.filter(entry -> !Seal.isPart(entry)).map(Path::toString).forEach(command::add);
        }
        command.add(to.toString());
        Process copy = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(copy.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (copy.waitFor() != 0) {
                throw new IOException(answer);
            }
        } catch (InterruptedException interrupted) {
            copy.destroy();
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted", interrupted);
        }
    }

    /** The kernel says of no file that it can be run where a file system was mounted that way. Extensions may have none that is. */
    private static boolean runsPrograms(Path copy) throws IOException {
        boolean none = true;
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.isExecutable(file)) {
                    return true;
                }
                none &= !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
            }
        }
        return none;
    }
}
