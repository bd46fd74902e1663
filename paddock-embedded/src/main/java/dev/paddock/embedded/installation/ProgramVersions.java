package dev.paddock.embedded.installation;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

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
            Path memory = home.cache().resolve("system").resolve(fingerprint);
            if (Files.exists(memory)) {
                return new Answer(PostgresVersion.parse(Files.readString(memory)), fingerprint);
            }
            PostgresVersion version = ask(real);
            remember(fingerprint, version);
            return new Answer(version, fingerprint);
        } catch (IOException failure) {
            throw new PaddockException(
                    postgres + " can't be run: " + failure.getMessage(),
                    "name the bin folder of an installation for this machine",
                    failure);
        }
    }

    private void remember(String fingerprint, PostgresVersion version) throws IOException {
        Path folder = home.cacheFolder("system");
        Path written = Files.createTempFile(folder, ".writing-", "");
        Files.writeString(written, version.toString());
        Files.move(written, folder.resolve(fingerprint), StandardCopyOption.ATOMIC_MOVE);
    }

    private static PostgresVersion ask(Path postgres) throws IOException {
        String said = ProgramOutput.of(postgres, "--version");
        if (!said.startsWith("postgres (PostgreSQL)")) {
            throw new IOException("its version is '" + said + "'");
        }
        return PostgresVersion.parse(said);
    }
}
