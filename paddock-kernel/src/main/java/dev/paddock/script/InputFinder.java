package dev.paddock.script;

import dev.paddock.home.Links;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what is to be run, in order, and looks at how each begins, so that junk is refused before anything has run. */
final class InputFinder {
    private static final List<String> SUFFIXES =
            List.of(".sql", ".sql.gz", ".sql.xz", ".sql.zst", ".dump", ".backup", ".tar");
    private static final String DIRECTORY_DUMP = "toc.dat";
    private static final List<Path> GIVEN =
            List.of(Path.of("/dev/stdin"), Path.of("/dev/fd"), Path.of("/proc/self/fd"));

    private final Path root;
    private final List<Path> found = new ArrayList<>();
    private final List<Path> leftOut = new ArrayList<>();
    private final Set<Path> entered = new HashSet<>();

    private InputFinder(Path root) {
        this.root = root;
    }

    /**
     * What there is to run.
     *
     * @param leftOut what lies in the folders and might have been meant to be run too
     */
    record Found(List<Input> inputs, List<Path> leftOut) {}

    static Found find(List<Path> paths) {
        List<Input> inputs = new ArrayList<>();
        List<Path> leftOut = new ArrayList<>();
        for (Path path : paths) {
            InputFinder finder = new InputFinder(path);
            read(path, () -> {
                finder.named();
                Optional<Path> within = isGiven(path) ? Optional.empty() : Optional.of(path.toRealPath());
                for (Path file : finder.found) {
                    inputs.add(
                            Files.isDirectory(file)
                                    ? new Input.Archive(file, within)
                                    : FirstBytes.classify(file, within));
                }
            });
            leftOut.addAll(finder.leftOut);
        }
        return new Found(inputs, leftOut);
    }

    /** Whether it names what this process has been given opened, which has no path of its own and can't be exchanged. */
    private static boolean isGiven(Path path) {
        return GIVEN.stream().anyMatch(path.toAbsolutePath()::startsWith);
    }

    /** What of this path is run, in order. */
    static List<Path> files(Path path) {
        InputFinder finder = new InputFinder(path);
        read(path, () -> finder.named());
        return finder.found;
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static void read(Path path, Reading reading) {
        try {
            reading.run();
        } catch (AccessDeniedException denied) {
            throw new ScriptException(path, 0, null, "can't be read: permission denied", "make it readable", denied);
        } catch (IOException failure) {
            throw new ScriptException(path, 0, null, "can't be read: " + failure.getMessage(), null, failure);
        }
    }

    private void named() throws IOException {
        if (!Files.exists(root)) {
            throw new ScriptException(root, 0, null, "there is no such file or folder", "check the path");
        }
        if (!Files.isDirectory(root)) {
            found.add(root);
            return;
        }
        folder(root);
        if (found.isEmpty()) {
            throw new ScriptException(
                    root, 0, null, "nothing in this folder can be run", "put files " + SUFFIXES + " into it");
        }
    }

    private void folder(Path folder) throws IOException {
        if (!entered.add(folder.toRealPath())) {
            // A link has led back to where all has been found already.
            return;
        }
        if (Files.exists(folder.resolve(DIRECTORY_DUMP))) {
            found.add(folder);
            return;
        }
        List<Path> children;
        try (Stream<Path> listed = Files.list(folder)) {
            children = listed.sorted(Comparator.comparing(InputFinder::name)).toList();
        }
        for (Path child : children) {
            if (name(child).startsWith(".")) {
                continue;
            }
            if (Files.isDirectory(child)) {
                requireWithin(child);
                folder(child);
            } else if (isMeant(child)) {
                requireWithin(child);
                found.add(child);
            } else if (mightBeMeant(child)) {
                leftOut.add(child);
            }
        }
    }

    private void requireWithin(Path child) throws IOException {
        if (Links.leadOut(root, child)) {
            throw new ScriptException(
                    child,
                    0,
                    null,
                    "is a link that leads out of the folder that was named",
                    "name what it leads to by itself, or put that into the folder");
        }
    }

    private static boolean isMeant(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().anyMatch(name::endsWith);
    }

    /** A script for a shell, as the official image runs them; SQL that is packed in another way, or was renamed to be kept. */
    private static boolean mightBeMeant(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        return name.endsWith(".sh")
                || name.endsWith(".psql")
                || name.endsWith(".pgsql")
                || name.contains(".sql.")
                || name.contains(".dump.");
    }

    private static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? "" : last.toString();
    }
}
