package dev.paddock.embedded.installation;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The plan of an installation's likeness that further files can be put into. PostgreSQL looks for its files from where its
 * program really is, as long as the folders lie to each other as they did when it was built: so programs are real files
 * here, and the folders lie as in the original. The rest are hard links into Paddock's cache, or symbolic ones elsewhere.
 *
 * @param bin folder of the programs, from the view's root; likewise the others
 */
record InstallationView(Path root, Path bin, Path share, Path lib, boolean inCache) {
    /** Here others live too: nothing but PostgreSQL's own folders is taken along. */
    private static final Set<String> SHARED_ROOTS = Set.of("/", "/usr", "/usr/local", "/opt/homebrew");

    private static final Set<String> PROGRAMS = Set.of(
            "postgres",
            "initdb",
            "psql",
            "createdb",
            "dropdb",
            "createuser",
            "dropuser",
            "vacuumdb",
            "reindexdb",
            "clusterdb");

    static InstallationView of(Installation installation, Path cache) throws IOException {
        Path bin = installation.bin().toRealPath();
        Path share = installation
                .share()
                .orElseThrow(() -> unknownLayout(installation))
                .toRealPath();
        Path lib = installation
                .lib()
                .orElseThrow(() -> unknownLayout(installation))
                .toRealPath();
        Path root = bin;
        while (!share.startsWith(root) || !lib.startsWith(root)) {
            root = root.resolve("..").normalize();
        }
        boolean inCache = Files.isDirectory(cache) && root.startsWith(cache.toRealPath());
        return new InstallationView(root, root.relativize(bin), root.relativize(share), root.relativize(lib), inCache);
    }

    /** Into an empty folder. */
    void make(Path view, ExtensionFiles files, String described) throws IOException {
        copyPrograms(view.resolve(bin));
        Set<Path> opened = opened(files);
        mirror(root.resolve(share), view.resolve(share), opened);
        mirror(root.resolve(lib), view.resolve(lib), opened);
        if (!isShared()) {
            mirrorBeside(lib, view);
            mirrorBeside(share, view);
        }
        files.copyTo(view.resolve(share), view.resolve(lib), described);
    }

    private boolean isShared() {
        return SHARED_ROOTS.contains(root.toString());
    }

    private void copyPrograms(Path target) throws IOException {
        Files.createDirectories(target);
        boolean all = !isShared() || !bin.toString().equals("bin");
        try (Stream<Path> programs = Files.list(root.resolve(bin))) {
            for (Path program : programs.filter(Files::isRegularFile).toList()) {
                String name = program.getFileName().toString();
                if (all || PROGRAMS.contains(name) || name.startsWith("pg_")) {
                    linkOrCopy(program.toRealPath(), target.resolve(name));
                }
            }
        }
    }

    /** Real folders of the original that get files of extensions: they can't be links to it. */
    private Set<Path> opened(ExtensionFiles files) {
        Set<Path> opened = new TreeSet<>();
        Stream.concat(
                        files.share().keySet().stream().map(root.resolve(share)::resolve),
                        files.lib().keySet().stream().map(root.resolve(lib)::resolve))
                .forEach(file -> {
                    for (Path each = file; each.startsWith(root) && opened.add(each); ) {
                        each = each.resolve("..").normalize();
                    }
                });
        return opened;
    }

    private void mirror(Path original, Path target, Set<Path> opened) throws IOException {
        Files.createDirectories(target);
        for (Path each : children(original)) {
            Path to = target.resolve(each.getFileName().toString());
            if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS) && (inCache || opened.contains(each))) {
                mirror(each, to, opened);
            } else if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                link(each, to);
            }
        }
    }

    /** Libraries that programs and modules find from where they are lie beside the folder of modules. */
    private void mirrorBeside(Path inner, Path view) throws IOException {
        for (int depth = 1; depth < inner.getNameCount(); depth++) {
            Path outer = inner.subpath(0, depth);
            for (Path each : children(root.resolve(outer))) {
                Path to = view.resolve(outer).resolve(each.getFileName().toString());
                if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                    if (inCache && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                        mirror(each, to, Set.of());
                    } else {
                        link(each, to);
                    }
                }
            }
        }
    }

    private void link(Path original, Path link) throws IOException {
        if (!inCache) {
            Files.createSymbolicLink(link, original.toRealPath());
        } else if (Files.isSymbolicLink(original)) {
            // Within the installation, and so right within its likeness.
            Files.createSymbolicLink(link, Files.readSymbolicLink(original));
        } else {
            linkOrCopy(original, link);
        }
    }

    /** Systems refuse hard links to others' files, and there are none between file systems. */
    private static void linkOrCopy(Path original, Path target) throws IOException {
        try {
            Files.createLink(target, original);
        } catch (IOException | UnsupportedOperationException refused) {
            Files.copy(original, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }

    private static PaddockException unknownLayout(Installation installation) {
        return new PaddockException(
                "extensions can't be added to the installation in " + installation.bin()
                        + ": its share and lib folders aren't where they are known to be",
                "install the extension there, or use a version that Paddock brings, such as "
                        + installation.version().major());
    }
}
