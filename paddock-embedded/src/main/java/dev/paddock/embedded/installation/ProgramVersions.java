package dev.paddock.embedded.installation;

import dev.paddock.home.CheckedFile;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What a {@code postgres} program says its version is: asked once, then remembered as long as it is the same file. */
final class ProgramVersions {
    private final PaddockHome home;

    ProgramVersions(PaddockHome home) {
        this.home = home;
    }

    /** The version, and a text that changes whenever the program does. */
    record Answer(PostgresVersion version, String fingerprint) {}

    /** @throws PaddockException when it can't be run or says something else */
    Answer of(Path postgres) {
        try {
            Path real = postgres.toRealPath();
            BasicFileAttributes file = Files.readAttributes(real, BasicFileAttributes.class);
            String fingerprint = Fingerprint.of(
                    real + "|" + file.size() + "|" + file.lastModifiedTime().toMillis());
            CheckedFile memory = new CheckedFile(home.cacheFolder("system").resolve(fingerprint));
            Optional<String> before = memory.read();
            if (before.isPresent()) {
                return new Answer(PostgresVersion.parse(before.get()), fingerprint);
            }
            PostgresVersion version = ask(real);
            memory.write(version.toString());
            return new Answer(version, fingerprint);
        } catch (IOException failure) {
            throw new PaddockException(
                    postgres + " can't be run: " + failure.getMessage(),
                    "name the bin folder of an installation for this machine",
                    failure);
        }
    }

    private static PostgresVersion ask(Path postgres) throws IOException {
        String said = ProgramOutput.of(postgres, "--version");
        if (!said.startsWith("postgres (PostgreSQL)")) {
            throw new IOException("its version is '" + said + "'");
        }
        return PostgresVersion.parse(said);
    }
}
