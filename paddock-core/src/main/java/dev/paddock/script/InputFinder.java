package dev.paddock.script;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds what is to be run, in order, and looks at how each begins, so that junk is refused before anything has run. */
final class InputFinder {
    private static final List<String> SUFFIXES = List.of(".sql", ".sql.gz", ".dump", ".backup", ".tar");
    private static final String DIRECTORY_DUMP = "toc.dat";

    private final List<Input> found = new ArrayList<>();

    private InputFinder() {}

    static List<Input> find(List<Path> paths) {
        InputFinder finder = new InputFinder();
        for (Path path : paths) {
            finder.named(path);
        }
        return finder.found;
    }

    private void named(Path path) {
        if (!Files.exists(path)) {
            throw new ScriptException(path, 0, null, "there is no such file or folder", "check the path");
        }
        try {
            if (!Files.isDirectory(path)) {
                found.add(FirstBytes.classify(path));
                return;
            }
            int before = found.size();
            folder(path);
            if (found.size() == before) {
                throw new ScriptException(
                        path, 0, null, "nothing in this folder can be run", "put files " + SUFFIXES + " into it");
            }
        } catch (AccessDeniedException denied) {
            throw new ScriptException(path, 0, null, "can't be read: permission denied", "make it readable", denied);
        } catch (IOException failure) {
            throw new ScriptException(path, 0, null, "can't be read: " + failure.getMessage(), null, failure);
        }
    }

    private void folder(Path folder) throws IOException {
        if (Files.exists(folder.resolve(DIRECTORY_DUMP))) {
            found.add(new Input.Archive(folder));
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
                folder(child);
            } else if (isMeant(child)) {
                found.add(FirstBytes.classify(child));
            }
        }
    }

    private static boolean isMeant(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        for (String suffix : SUFFIXES) {
            if (name.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    private static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? "" : last.toString();
    }
}
