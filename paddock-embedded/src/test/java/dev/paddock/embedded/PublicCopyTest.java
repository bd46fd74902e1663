package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.home.Account;
import dev.paddock.home.CheckedFile;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ServerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The programs that root's servers run where there are no namespaces, and the note of where they are. */
@EnabledIfSystemProperty(
        named = "user.name",
        matches = "root",
        disabledReason = "servers of ordinary users run the programs where they are")
@SuppressWarnings("NullAway.Init")
final class PublicCopyTest {
    private Path temp;
    private PaddockHome home;

    @BeforeEach
    void programsThatNobodyElseReaches() throws Exception {
        temp = Files.createTempDirectory("public");
        home = Engines.homeWithPostgres(temp.resolve("home"));
    }

    @AfterEach
    void removeAll() throws IOException {
        try (Stream<Path> notes = Files.list(home.cache().resolve("public"))) {
            for (Path note : notes.toList()) {
                Folders.delete(Path.of(new CheckedFile(note).read().orElseThrow()));
            }
        }
        Folders.delete(temp);
    }

    /** Whose account may pass through the cache by then, but not into all that is in it. */
    @Test
    void anExtensionWithoutProgramsIsShownToServersThatReachTheProgramsAlready() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("stable"));
        Files.writeString(folder.resolve("stable.control"), "default_version = '1.0'\n");
        Files.writeString(folder.resolve("stable--1.0.sql"), "CREATE TABLE stall (number int);");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertStarts();
        try (Paddock paddock = Engines.storedAs("copy", home);
                PostgresServer server = paddock.start(ServerSpec.create().withExtensions(List.of(folder)));
                Connection connection = server.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION stable");
            assertThat(statement.executeQuery("SELECT * FROM stall").next()).isFalse();
        }
    }

    @Test
    void aNoteThatIsDamagedMakesNobodysFolderGo() throws Exception {
        assertStarts();
        Path somebodys = Files.createDirectory(temp.resolve("somebodys"));
        Files.setPosixFilePermissions(somebodys, PosixFilePermissions.fromString("rwx------"));
        Folders.delete(copy());

        Files.writeString(note(), somebodys.toString());
        assertStarts();
        Folders.delete(copy());
        Files.writeString(note(), "");
        assertStarts();

        assertThat(somebodys).exists();
    }

    @Test
    void aCopyThatIsDamagedIsMadeAgain() throws Exception {
        assertStarts();
        Path before = copy();
        Files.writeString(before.resolve("bin/postgres"), "");

        assertStarts();

        assertThat(copy()).isNotEqualTo(before);
        assertThat(before).doesNotExist();
    }

    @Test
    void aCopyHasTheProgramsAndNothingOfWhatIsStillBeingWrittenAboutThem() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("made"));
        Path program =
                Files.createFile(Files.createDirectory(folder.resolve("bin")).resolve("postgres"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String passing : new String[] {"seal", "making", ".writing-1"}) {
            Files.createFile(folder.resolve(passing));
        }

        Path copy = new PublicCopy(home, Account.forPostgres(), folder, "copy").path();

        assertThat(copy.resolve("bin/postgres")).isExecutable();
        assertThat(copy.resolve("making")).doesNotExist();
        assertThat(copy.resolve(".writing-1")).doesNotExist();
    }

    private void assertStarts() {
        try (Paddock paddock = Engines.storedAs("copy", home);
                PostgresServer server = paddock.start(ServerSpec.create())) {
            assertThat(server.isAlive()).isTrue();
        }
    }

    private Path note() throws IOException {
        try (Stream<Path> notes = Files.list(home.cache().resolve("public"))) {
            return notes.findFirst().orElseThrow();
        }
    }

    private Path copy() throws IOException {
        return Path.of(new CheckedFile(note()).read().orElseThrow());
    }
}
