package dev.paddock.embedded.installation;

import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.Term;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** PostgreSQL as the system has it. */
final class SystemInstallations {
    private static final String VERSIONS = PostgresSource.OLDEST + " to " + PostgresSource.NEWEST;

    private final SystemPlaces places;
    private final ProgramVersions versions;
    private final Platform platform;

    SystemInstallations(SystemPlaces places, ProgramVersions versions, Platform platform) {
        this.places = places;
        this.versions = versions;
        this.platform = platform;
    }

    List<Path> candidates() {
        return places.candidates(platform);
    }

    /** The newest that can be run here; the first of equals on the path. */
    Installation newest() {
        List<Installation> usable = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Path bin : candidates()) {
            try {
                usable.add(at(bin));
            } catch (PaddockException unusable) {
                refused.add(unusable.getMessage());
            }
        }
        return usable.stream()
                .sorted(Comparator.comparing(Installation::version).reversed())
                .findFirst()
                .orElseThrow(() -> new PaddockException(
                        "the system has no PostgreSQL that can be used"
                                + (refused.isEmpty() ? "" : " (" + String.join("; ", refused) + ")"),
                        Hint.naming(
                                        "install one with the system's package manager, say {} with its bin folder, or"
                                                + " with a version such as " + PostgresSource.NEWEST
                                                + " to have it fetched",
                                        Term.POSTGRES)
                                .or("install one with the system's package manager")));
    }

    /** Whether the one in this folder has been asked before, and is still the same. */
    boolean isKnown(Path bin) {
        return versions.isKnown(bin.resolve(platform.program("postgres")));
    }

    /** The one whose programs are in this folder. */
    Installation at(Path bin) {
        for (String program : List.of("postgres", "initdb")) {
            Path file = bin.resolve(platform.program(program));
            if (!Files.isRegularFile(file)) {
                throw new PaddockException(
                        bin + " holds no " + program, "name the folder that holds postgres and initdb" + perhaps(bin));
            }
            NoExec.require(file);
            if (!Files.isExecutable(file)) {
                throw new PaddockException(
                        file + " is not executable for " + System.getProperty("user.name"), "mend its mode or owner");
            }
        }
        ProgramVersions.Answer answer = versions.of(bin.resolve(platform.program("postgres")));
        int major = answer.version().major();
        if (major < PostgresSource.OLDEST || major > PostgresSource.NEWEST) {
            throw new PaddockException(
                    bin + " holds PostgreSQL " + answer.version() + ", which is not supported",
                    "use one from " + VERSIONS);
        }
        return new Installation(answer.version(), bin, answer.version() + "-system-" + answer.fingerprint());
    }

    private String perhaps(Path bin) {
        Path inside = bin.resolve("bin");
        return Files.isRegularFile(inside.resolve(platform.program("postgres"))) ? ", perhaps " + inside : "";
    }
}
