package dev.paddock.script;

import dev.paddock.home.UserHome;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which files scripts may read besides themselves: those below the folder of a script that was given, below a given folder, and below
 * the working folder unless that is the user's home or above it; none that is hidden. For scripts come from others, and what
 * they read from outside would be in the database's reach, and so in theirs. Links are followed before anything is compared.
 * Immutable.
 *
 * @param roots real paths
 * @param known if present, of the files outside of {@code whole} only these, which whoever runs the scripts has taken into account
 * @param whole folders that are taken into account with all that is in them
 */
record FileAccess(List<Path> roots, Optional<Set<Path>> known, List<Path> whole) {

    /** That scripts may have which are among these inputs. */
    static FileAccess of(List<Path> inputs) {
        List<Path> roots = new ArrayList<>();
        for (Path input : inputs) {
            if (Files.isDirectory(input)) {
                addReal(roots, input);
            } else if (!OnceRead.is(input)) {
                addReal(roots, input.toAbsolutePath().resolveSibling("."));
                real(input).ifPresent(file -> addReal(roots, file.resolveSibling(".")));
            }
        }
        if (inputs.stream().allMatch(FileAccess::isOfThisMachine)) {
            workingFolder().ifPresent(roots::add);
        }
        return new FileAccess(List.copyOf(roots), Optional.empty(), List.of());
    }

    /** The same, but nothing that isn't below these folders or among these files. */
    FileAccess onlyTo(List<Path> folders, Set<Path> files) {
        List<Path> real = new ArrayList<>();
        folders.forEach(folder -> addReal(real, folder));
        return new FileAccess(roots, Optional.of(files), List.copyOf(real));
    }

    private static Optional<Path> workingFolder() {
        Optional<Path> folder = real(Path.of(""));
        Optional<Path> home = real(UserHome.of(System.getenv()));
        return folder.filter(path -> path.getNameCount() > 0
                && home.filter(own -> own.startsWith(path)).isEmpty());
    }

    private static void addReal(List<Path> roots, Path folder) {
        real(folder).filter(path -> !roots.contains(path)).ifPresent(roots::add);
    }

    static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static boolean isOfThisMachine(Path path) {
        return path.getFileSystem().equals(FileSystems.getDefault());
    }

    /**
     * Finds a file that a script names: from a folder, else from beside the script.
     *
     * @param folder where psql would look, if anywhere else than beside the script
     * @throws Refused saying why it can't be had
     */
    Path find(String name, Path script, Optional<Path> folder) throws Refused {
        Path wanted;
        try {
            Path beside = script.resolveSibling(name);
            wanted =
                    folder.map(each -> each.resolve(name)).filter(Files::exists).orElse(beside);
        } catch (InvalidPathException impossible) {
            throw new Refused("'" + name + "' can't be a path", "check the path");
        }
        Optional<Path> real = real(wanted);
        if (name.isEmpty() || real.isEmpty() || !Files.isRegularFile(real.get())) {
            throw new Refused("there is no such file: " + wanted, "check the path");
        }
        require(real.get());
        return real.get();
    }

    private void require(Path file) throws Refused {
        if (roots.stream().noneMatch(root -> isBelow(file, root))) {
            throw new Refused(
                    "a script may read files below its own folder or the working folder, and none that is hidden; "
                            + file + " isn't one of them",
                    "put the file beside the script");
        }
        boolean unexpected = known.isPresent()
                && !known.get().contains(file)
                && whole.stream().noneMatch(folder -> isBelow(file, folder));
        if (unexpected) {
            throw new Refused(
                    "a template is made of it, so it has to be known before the script runs; " + file + " isn't",
                    "name the folder that holds them both instead of the script");
        }
    }

    private static boolean isBelow(Path file, Path root) {
        if (!file.getFileSystem().equals(root.getFileSystem()) || !file.startsWith(root)) {
            return false;
        }
        for (Path part : root.relativize(file)) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    /** Why a file can't be had. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final String advice;

        Refused(String why, String advice) {
            super(why);
            this.advice = advice;
        }

        String why() {
            return String.valueOf(getMessage());
        }

        String advice() {
            return advice;
        }
    }
}
