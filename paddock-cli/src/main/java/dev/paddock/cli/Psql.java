package dev.paddock.cli;

import dev.paddock.cli.child.ForegroundProgram;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where psql is: the bundled binaries don't have it. */
final class Psql {
    /** Where packages put it without telling the PATH; of several versions each has its own folder. */
    private static final List<String> HOMES = List.of("/usr/lib/postgresql", "/usr/local", "/usr", "/opt/homebrew/opt");

    private Psql() {}

    /** @throws PaddockException if there is none */
    static Path find() {
        return ForegroundProgram.find("psql")
                .or(Psql::newestElsewhere)
                .orElseThrow(() -> new PaddockException(
                        "psql is not installed",
                        "install it (Debian: postgresql-client, macOS: brew install libpq), or use another client with the"
                                + " URI of: paddock url"));
    }

    private static Optional<Path> newestElsewhere() {
        List<Path> found = new ArrayList<>();
        for (String home : HOMES) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(Path.of(home), "{[0-9]*,pgsql*,libpq}")) {
                for (Path version : versions) {
                    Path psql = version.resolve("bin/psql");
                    if (Files.isExecutable(psql)) {
                        found.add(psql);
                    }
                }
            } catch (IOException noneThere) {
                // Most systems have one or two of these places.
            }
        }
        return found.stream().max(Comparator.comparing(Path::toString));
    }
}
