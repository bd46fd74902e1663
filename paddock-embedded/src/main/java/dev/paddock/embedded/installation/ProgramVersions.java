package dev.paddock.embedded.installation;

import dev.paddock.home.Account;
import dev.paddock.home.CheckedFile;
import dev.paddock.home.OwnFolders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code postgres} program says its version is: asked once, then remembered as long as it is the same file. */
final class ProgramVersions {
    private static final String ANSWER = "postgres (PostgreSQL)";
    private static final Pattern WRITTEN = Pattern.compile("postgres \\(PostgreSQL\\) [0-9][0-9.]*");

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
            String fingerprint = fingerprint(real);
            CheckedFile memory = memory(fingerprint);
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

    /** Whether it was asked before. */
    boolean isKnown(Path postgres) {
        try {
            return memory(fingerprint(postgres.toRealPath())).read().isPresent();
        } catch (IOException gone) {
            return false;
        }
    }

    private static String fingerprint(Path real) throws IOException {
        BasicFileAttributes file = Files.readAttributes(real, BasicFileAttributes.class);
        return Fingerprint.of(
                real + "|" + file.size() + "|" + file.lastModifiedTime().toMillis());
    }

    private CheckedFile memory(String fingerprint) {
        return new CheckedFile(home.cacheFolder("system").resolve(fingerprint));
    }

    /** Never by root. Nor is a program of somebody else's run outside of a server's own space because root looks for one. */
    private static PostgresVersion ask(Path postgres) throws IOException {
        Account account = Account.forPostgres();
        boolean asked = account.own() || (account.canReach(postgres) && OwnFolders.isOwn(postgres));
        String said = asked ? ProgramOutput.of(postgres, "--version", account) : written(postgres);
        if (!said.startsWith(ANSWER)) {
            throw new IOException("its version is '" + said + "'");
        }
        return PostgresVersion.parse(said);
    }

    /** What a program would say, which is written in it. */
    private static String written(Path postgres) throws IOException {
        String program = Files.readString(postgres, StandardCharsets.ISO_8859_1);
        Matcher answer = WRITTEN.matcher(program);
        return answer.find() ? answer.group() : "";
    }
}
