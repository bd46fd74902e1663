package dev.paddock.embedded.installation;

import dev.paddock.model.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One exact PostgreSQL on disk. Immutable; the files it names are never changed by Paddock, and those in the cache by nobody.
 *
 * @param bin the folder of its programs
 * @param id stable, and different for every two installations that differ: good for keys of caches and names of files
 */
public record Installation(PostgresVersion version, Path bin, String id) {

    public Path postgres() {
        return tool("postgres").orElseGet(() -> bin.resolve("postgres"));
    }

    public Path initdb() {
        return tool("initdb").orElseGet(() -> bin.resolve("initdb"));
    }

    /** One of its programs, such as {@code psql} or {@code pg_dump}; bundled and fetched ones have none but the server's own. */
    public Optional<Path> tool(String name) {
        Path plain = bin.resolve(name);
        return Files.isRegularFile(plain)
                ? Optional.of(plain)
                : Optional.of(bin.resolve(name + ".exe")).filter(Files::isRegularFile);
    }

    /** Where its SQL files, time zones and extensions' control files are. */
    public Optional<Path> share() {
        String suffix = Integer.toString(version.major());
        return firstWith(
                "postgres.bki",
                List.of(
                        "../share/postgresql",
                        "../share",
                        "../share/pgsql",
                        "../share/postgresql@" + suffix,
                        "../share/postgresql" + suffix,
                        "../../../../share/postgresql/" + suffix,
                        "../../share/postgresql" + suffix));
    }

    /** Where its loadable modules are. */
    public Optional<Path> lib() {
        String suffix = Integer.toString(version.major());
        List<String> places = List.of(
                "../lib/postgresql",
                "../lib",
                "../lib64/pgsql",
                "../lib/pgsql",
                "../lib/postgresql@" + suffix,
                "../lib/postgresql" + suffix,
                "../../lib/postgresql" + suffix);
        for (String module : List.of("plpgsql.so", "plpgsql.dylib", "plpgsql.dll")) {
            Optional<Path> found = firstWith(module, places);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Path> firstWith(String file, List<String> places) {
        return places.stream()
                .map(place -> bin.resolve(place).normalize())
                .filter(folder -> Files.exists(folder.resolve(file)))
                .findFirst();
    }
}
