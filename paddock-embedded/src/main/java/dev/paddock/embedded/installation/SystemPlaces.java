package dev.paddock.embedded.installation;

import dev.paddock.home.Account;
import dev.paddock.home.OwnFolders;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where systems keep PostgreSQL: on the path, beside pg_config, and where packagers put it. */
record SystemPlaces(List<Path> path, Path root) {
    /** Debian, PostgreSQL's own RPMs, Homebrew on both processors, Alpine, Postgres.app. */
    private static final List<List<String>> PACKAGED = List.of(
            List.of("usr/lib/postgresql", "*", "bin"),
            List.of("usr", "pgsql-*", "bin"),
            List.of("opt/homebrew/opt", "postgresql*", "bin"),
            List.of("usr/local/opt", "postgresql*", "bin"),
            List.of("home/linuxbrew/.linuxbrew/opt", "postgresql*", "bin"),
            List.of("usr/libexec", "postgresql*", ""),
            List.of("Applications/Postgres.app/Contents/Versions", "*", "bin"));

    static SystemPlaces ofProcess() {
        List<Path> path = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isBlank()) {
                path.add(Path.of(folder));
            }
        }
        return new SystemPlaces(List.copyOf(path), Path.of("/"));
    }

    /** The folders that hold a server, each once, however many ways lead to it. */
    List<Path> candidates(Platform platform) {
        Set<Path> found = new LinkedHashSet<>();
        for (Path folder : path) {
            addBeside(folder.resolve(platform.program("postgres")), platform, found);
            addBeside(folder.resolve(platform.program("pg_config")), platform, found);
        }
        for (List<String> place : PACKAGED) {
            Path parent = root.resolve(place.get(0));
            if (Files.isDirectory(parent)) {
                addMatching(parent, place.get(1), place.get(2), platform, found);
            }
        }
        if (found.isEmpty()) {
            addWhatPgConfigSays(platform, found);
        }
        return List.copyOf(found);
    }

    /** Last of all, for it costs a process. Root asks no program of somebody else's. */
    private void addWhatPgConfigSays(Platform platform, Set<Path> found) {
        Account account = Account.forPostgres();
        for (Path folder : path) {
            Path program = folder.resolve(platform.program("pg_config"));
            if (Files.isExecutable(program) && (account.own() || OwnFolders.isOwn(program))) {
                try {
                    Path bin = Path.of(ProgramOutput.of(program, "--bindir", account));
                    addBeside(bin.resolve(platform.program("postgres")), platform, found);
                } catch (IOException broken) {
                    // Then the next on the path may do.
                }
            }
        }
    }

    private static void addMatching(Path parent, String glob, String bin, Platform platform, Set<Path> found) {
        try (DirectoryStream<Path> matching = Files.newDirectoryStream(parent, glob)) {
            for (Path each : matching) {
                addBeside(each.resolve(bin).resolve(platform.program("postgres")), platform, found);
            }
        } catch (IOException unreadable) {
            // What can't be read can't be run.
        }
    }

    /** Links are followed: PostgreSQL finds its files from where the program really is. */
    private static void addBeside(Path program, Platform platform, Set<Path> found) {
        try {
            if (Files.isRegularFile(program)) {
                Path bin = program.toRealPath().resolveSibling("").normalize();
                if (Files.isRegularFile(bin.resolve(platform.program("postgres")))) {
                    found.add(bin);
                }
            }
        } catch (IOException unreadable) {
            // What can't be read can't be run.
        }
    }
}
