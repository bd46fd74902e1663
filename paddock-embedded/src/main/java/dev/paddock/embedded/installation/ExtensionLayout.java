package dev.paddock.embedded.installation;

import dev.paddock.home.Links;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Recognises how people and build tools lay extensions out in a folder.
 *
 * @param folder the real path of the one that the user named
 * @param major the major version that they are for
 */
record ExtensionLayout(Path folder, int major) {
    private static final List<String> MODULES = List.of(".so", ".dylib", ".dll");
    private static final int DEEPEST = 12;

    /** @throws PaddockException if it holds a link to what isn't in it */
    ExtensionFiles read() throws IOException {
        if (Files.isDirectory(folder.resolve("share/extension"))) {
            return new ExtensionFiles(all(folder.resolve("share"), ""), all(folder.resolve("lib"), ""));
        }
        if (Files.isDirectory(folder.resolve("extension"))) {
            return new ExtensionFiles(all(folder.resolve("extension"), "extension/"), all(folder.resolve("lib"), ""));
        }
        ExtensionFiles flat = flat();
        return flat.share().isEmpty() && flat.lib().isEmpty() ? installed() : flat;
    }

    private ExtensionFiles flat() throws IOException {
        Map<String, ExtensionFile> share = new TreeMap<>();
        Map<String, ExtensionFile> lib = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".control") || name.endsWith(".sql")) {
                    share.put("extension/" + name, inside(file));
                } else if (isModule(name)) {
                    lib.put(name, inside(file));
                }
            }
        }
        return new ExtensionFiles(share, lib);
    }

    private ExtensionFile inside(Path file) throws IOException {
        Links.requireWithin(folder, file);
        return new ExtensionFile(folder, file);
    }

    /** What {@code make install DESTDIR=} leaves: the installation's own paths, below the folder. */
    private ExtensionFiles installed() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        Optional<Path> extension = best(files.stream()
                .filter(file -> file.toString().endsWith(".control"))
                .map(ExtensionLayout::parent)
                .filter(parent -> parent.endsWith("extension")));
        Optional<Path> lib = best(files.stream()
                .filter(file -> isModule(file.getFileName().toString()))
                .map(ExtensionLayout::parent));
        return new ExtensionFiles(
                extension.isPresent() ? all(parent(extension.get()), "") : Map.of(),
                lib.isPresent() ? all(lib.get(), "") : Map.of());
    }

    /** The one that is meant for this major version, where the paths tell; else the only one. */
    private Optional<Path> best(Stream<Path> found) {
        List<Path> places = found.distinct().toList();
        List<Path> named = places.stream()
                .filter(place -> namesMajor(folder.relativize(place), major))
                .toList();
        List<Path> left = named.isEmpty()
                ? places.stream()
                        .filter(place -> !namesAnother(folder.relativize(place), major))
                        .toList()
                : named;
        if (left.size() > 1) {
            throw new PaddockException(
                    folder + " holds extensions in several places: " + left, "name the one that is meant");
        }
        return left.stream().findFirst();
    }

    private static boolean namesMajor(Path path, int major) {
        return names(path).anyMatch(number -> number == major);
    }

    private static boolean namesAnother(Path path, int major) {
        return names(path).anyMatch(number -> number != major && number >= 9 && number < 100);
    }

    /** The major versions in a path such as {@code usr/lib/postgresql/15/lib} or {@code usr/pgsql-16/lib}. */
    private static Stream<Integer> names(Path path) {
        return Stream.iterate(0, i -> i < path.getNameCount(), i -> i + 1)
                .map(i -> path.getName(i).toString())
                .map(name -> name.replaceFirst("^(?:pgsql-|postgresql@?)(?=\\d)", ""))
                .filter(name -> name.matches("\\d{1,2}"))
                .map(Integer::valueOf);
    }

    private Map<String, ExtensionFile> all(Path part, String prefix) throws IOException {
        Map<String, ExtensionFile> files = new TreeMap<>();
        if (Files.isDirectory(part)) {
            // A link that leads out would be followed by the first look at what is in it.
            inside(part);
            try (Stream<Path> below = Files.walk(part, DEEPEST)) {
                for (Path file : below.filter(Files::isRegularFile).toList()) {
                    files.put(prefix + part.relativize(file).toString().replace('\\', '/'), inside(file));
                }
            }
        }
        return files;
    }

    private static Path parent(Path path) {
        return path.resolve("..").normalize();
    }

    private static boolean isModule(String name) {
        return MODULES.stream().anyMatch(name::endsWith) || name.contains(".so.");
    }
}
