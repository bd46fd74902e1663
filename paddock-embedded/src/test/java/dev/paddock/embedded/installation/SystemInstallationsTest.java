package dev.paddock.embedded.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.home.Account;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A root folder with programs that answer as PostgreSQL's do; that a real one is found too is shown with extensions. */
class SystemInstallationsTest {
    private final Path root;
    private final PaddockHome home;

    SystemInstallationsTest(@TempDir Path folder) throws IOException {
        // Links are followed, so that expectations must be real paths.
        this.root = Files.createDirectory(folder.toRealPath().resolve("root"));
        this.home = PaddockHome.under(folder.resolve("home"));
        // As root, programs are asked as an account that has to reach them.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void theNewestOfAllPlacesWins() throws IOException {
        program("usr/lib/postgresql/15/bin", "15.18 (Debian 15.18-0+deb12u1)");
        program("usr/pgsql-17/bin", "17.2");
        program("opt/homebrew/opt/postgresql@16/bin", "16.4 (Homebrew)");
        program("somewhere", "14.1");

        Installation newest = system(root.resolve("somewhere")).newest();

        assertThat(newest.version()).isEqualTo(new PostgresVersion(17, 2));
        assertThat(newest.bin()).isEqualTo(root.resolve("usr/pgsql-17/bin"));
        assertThat(newest.id()).startsWith("17.2-system-");
    }

    @Test
    void pgConfigOnThePathLeadsToItsServer() throws IOException {
        program("opt/mine/bin", "16.4");
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
        script(elsewhere.resolve("pg_config"), "echo " + root.resolve("opt/mine/bin"));

        assertThat(system(elsewhere).newest().version()).isEqualTo(new PostgresVersion(16, 4));
    }

    @Test
    void aProgramIsAskedOnceAndAgainWhenItHasChanged() throws IOException {
        Path bin = program("bin", "16.4");
        Path asked = Files.createFile(root.resolve("asked"));
        Files.setPosixFilePermissions(asked, PosixFilePermissions.fromString("rw-rw-rw-"));
        script(bin.resolve("postgres"), "echo x >> " + asked + "; echo 'postgres (PostgreSQL) 16.4'");

        Installation first = system().at(bin);
        Installation again = system().at(bin);
        assertThat(again).isEqualTo(first);
        assertThat(Files.readAllLines(asked)).hasSize(1);

        script(bin.resolve("postgres"), "echo x >> " + asked + "; echo 'postgres (PostgreSQL) 16.10'");
        assertThat(system().at(bin).version()).isEqualTo(new PostgresVersion(16, 10));
        assertThat(system().at(bin).id()).isNotEqualTo(first.id());
    }

    @Test
    void aVersionThatIsTooOldIsRefusedAndPassedOver() throws IOException {
        Path old = program("usr/lib/postgresql/9.6/bin", "9.6.24");
        assertThatThrownBy(() -> system().at(old)).hasMessageContaining("PostgreSQL 9.6, which is not supported");
        assertThatThrownBy(() -> system().newest())
                .hasMessageContaining("the system has no PostgreSQL that can be used (" + old);

        program("usr/lib/postgresql/14/bin", "14.2");
        assertThat(system().newest().version()).isEqualTo(new PostgresVersion(14, 2));
    }

    @Test
    void nothingFoundSaysWhatToDo() {
        assertThatThrownBy(() -> system().newest())
                .hasMessage("the system has no PostgreSQL that can be used")
                .satisfies(failure -> assertThat(((PaddockException) failure)
                                .hint(Vocabulary.COMMAND_LINE)
                                .orElse(""))
                        .contains("package manager")
                        .contains("--postgres"));
    }

    @Test
    void aFolderThatHoldsNoServerIsRefusedWithAGuess() throws IOException {
        Path bin = program("opt/pg/bin", "16.4");
        Path above = root.resolve("opt/pg");

        assertThatThrownBy(() -> system().at(above))
                .hasMessage(above + " holds no postgres")
                .satisfies(failure -> assertThat(
                                ((PaddockException) failure).hint().orElse(""))
                        .endsWith("perhaps " + bin));

        Files.delete(bin.resolve("initdb"));
        assertThatThrownBy(() -> system().at(bin)).hasMessage(bin + " holds no initdb");
    }

    @Test
    void whatIsNotExecutableIsRefused() throws IOException {
        Path bin = program("bin", "16.4");
        Files.setPosixFilePermissions(bin.resolve("postgres"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> system().at(bin)).hasMessageContaining("is not executable");
    }

    @Test
    void aProgramThatFailsIsNamedWithWhatItSaid() throws IOException {
        Path bin = program("bin", "16.4");
        script(bin.resolve("postgres"), "echo 'libicu.so.60: not found'; exit 127");

        assertThatThrownBy(() -> system().at(bin))
                .hasMessageContaining(bin.resolve("postgres") + " can't be run")
                .hasMessageContaining("libicu.so.60: not found");
    }

    @Test
    void rootAsksNoProgramAsItself() throws IOException {
        assumeTrue(
                Account.forPostgres().uid() != (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"),
                "an ordinary user's programs run as that user");
        Path bin = program("bin", "16.4");
        Path witness = Files.createFile(root.resolve("witness"));
        Files.setPosixFilePermissions(witness, PosixFilePermissions.fromString("rw-rw-rw-"));
        script(bin.resolve("postgres"), "id -u >> " + witness + "; echo 'postgres (PostgreSQL) 16.4'");

        assertThat(system().at(bin).version()).isEqualTo(new PostgresVersion(16, 4));
        assertThat(witness).content().isNotEmpty().doesNotStartWith("0");

        Files.writeString(witness, "");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        script(bin.resolve("postgres"), "id -u >> " + witness + "; echo 'postgres (PostgreSQL) 16.5'");
        assertThat(system().at(bin).version()).isEqualTo(new PostgresVersion(16, 5));
        assertThat(witness).isEmptyFile();
    }

    @Test
    void anOriginCountsOnlyIfItsProgramWasAskedHereBefore() throws IOException {
        Path bin = program("opt/strange/bin", "16.4");
        Installations installations = Installations.in(home, Platform.detect("Linux", "amd64", root), Optional::empty);

        assertThat(installations.known(bin.toString())).isEmpty();
        system().at(bin);
        assertThat(installations.known(bin.toString())).contains(new PostgresSource.InstallationAt(bin));
        program("opt/strange/bin", "16.4 and something else");
        assertThat(installations.known(bin.toString())).isEmpty();
        assertThat(installations.known("16.4")).contains(PostgresSource.parse("16.4"));
        assertThat(installations.known("docker:postgres:18 sha256:0")).isEmpty();
    }

    private SystemInstallations system(Path... path) {
        return new SystemInstallations(
                new SystemPlaces(List.of(path), root),
                new ProgramVersions(home),
                Platform.detect("Linux", "amd64", root));
    }

    private Path program(String bin, String version) throws IOException {
        Path folder = Files.createDirectories(root.resolve(bin));
        script(folder.resolve("postgres"), "echo 'postgres (PostgreSQL) " + version + "'");
        script(folder.resolve("initdb"), "");
        return folder;
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What a program says that others can exchange is read in it, for nobody knows what it does when it is run. */
    @Test
    @EnabledIfSystemProperty(
            named = "user.name",
            matches = "root",
            disabledReason = "an ordinary user runs it as himself")
    void rootRunsNoProgramOfSomebodyElsesToLearnItsVersion() throws Exception {
        Path open = Files.createTempDirectory("foreign");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path ran = open.resolve("ran");
        Path postgres = Files.writeString(
                open.resolve("postgres"), "#!/bin/sh\necho >" + ran + "\necho 'postgres (PostgreSQL) 15.10'\n");
        Files.setPosixFilePermissions(postgres, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            assertThat(new ProgramVersions(home).of(postgres).version()).isEqualTo(PostgresVersion.parse("15.10"));
            assertThat(ran).doesNotExist();
        } finally {
            Folders.delete(open);
        }
    }
}
