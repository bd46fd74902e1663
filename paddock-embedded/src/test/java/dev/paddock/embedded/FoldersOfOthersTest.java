package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.contract.EngineContract;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Root is given folders that belong to somebody else, or that others may look into: what they can do meanwhile. */
@EnabledIfSystemProperty(
        named = "user.name",
        matches = "root",
        disabledReason = "an ordinary user can read nothing that others' links are to lead to")
final class FoldersOfOthersTest {
    private static final PaddockHome HOME = EngineContract.sharedHome();

    private Path temp = Path.of("");

    @BeforeEach
    void aFolderThatAllMayPassTo() throws IOException {
        temp = Files.createTempDirectory("others");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void removeIt() throws IOException {
        Folders.delete(temp);
    }

    /** Of a stranger's, whose first script takes as long as it takes to exchange the second. */
    private Path scripts(String second) throws Exception {
        Path scripts = Files.createDirectory(temp.resolve("scripts"));
        Files.writeString(scripts.resolve("1.sql"), "SELECT pg_sleep(2);");
        switch (second) {
            case "2.sql" -> Files.writeString(scripts.resolve(second), "SELECT 2;");
            case "2.fifo.sql" -> Intruder.run("mkfifo", scripts.resolve(second).toString());
            default -> Files.writeString(scripts.resolve(second), "PGDMP, and then whatever pg_restore reads");
        }
        Intruder.run("chown", "-R", Intruder.STRANGER + ":" + Intruder.STRANGER, scripts.toString());
        return scripts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.sql", "2.fifo.sql", "2.dump"})
    void aScriptThatItsOwnerExchangesForALinkIsNotFollowed(String second) throws Exception {
        Path scripts = scripts(second);
        Path secret = Files.writeString(temp.resolve("secret"), "PGDMP-of-root-4711");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        for (List<Path> named : List.of(List.of(scripts), List.of(scripts.resolve("1.sql"), scripts.resolve(second)))) {
            CompletableFuture<String> exchange = CompletableFuture.supplyAsync(() -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(1500);
                    return Intruder.as(
                            Intruder.STRANGER,
                            "cd " + scripts + " && mv " + second + " away && ln -s " + secret + " " + second);
                } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                }
            });
            try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
                assertThatThrownBy(() -> paddock.start(ServerSpec.create().withInit(named))
                                .close())
                        .isInstanceOf(PaddockException.class)
                        .hasMessageContaining("leads out of")
                        .hasMessageNotContaining("4711");
            }
            exchange.join();
            Intruder.run(
                    "mv",
                    scripts.resolve("away").toString(),
                    scripts.resolve(second).toString());
        }
    }

    @Test
    void nobodysProgramsReachNoDataThatIsBeingMade() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process watch = new ProcessBuilder(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "sh",
                        "-c",
                        "while :; do for file in " + disk + "/draft-*/data/PG_VERSION " + disk
                                + "/draft-*/data/base; do if [ -e \"$file\" ]; then echo reached; exit; fi; done; done")
                .start();
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            for (int i = 0; i < 3; i++) {
                paddock.start(ServerSpec.create().withStorage(new Storage.OnDisk(disk)))
                        .close();
                Intruder.run("sh", "-c", "rm -rf " + disk + "/*");
            }
            assertThat(watch.isAlive()).isTrue();
        } finally {
            watch.destroyForcibly();
        }
    }

    /** Where the kernel lets an account give a file of somebody else's a second name. */
    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void aFileOfSomebodyElsesInDataIsInNoCopyOfIt(String storage) throws Exception {
        Path disk = temp.resolve("disk");
        try (Paddock paddock = Engines.storedAs(storage, HOME)) {
            paddock.start(ServerSpec.create().withStorage(new Storage.OnDisk(disk)))
                    .close();
            Path secret = Files.writeString(disk.resolve("data/secret"), "of root 4711");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));

            assertThatThrownBy(() -> paddock.freeze(disk, "copied-" + storage))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("data/secret belongs to another account");
        }
    }

    @Test
    void whatItMakesForDataIsClosedToOthers() throws Exception {
        Path disk = temp.resolve("above/disk");
        try (Paddock paddock = Engines.storedAs("overlay", HOME);
                PostgresServer server = paddock.start(ServerSpec.create().withStorage(new Storage.OnDisk(disk)))) {
            assertThat(server.isAlive()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("above"))))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(disk)))
                    .isEqualTo("rwx--x--x");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(disk.resolve("owner"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aLinkInThePlaceOfWhatIsKeptBesideDataIsNotWrittenThrough() throws Exception {
        Path precious = Files.writeString(temp.resolve("precious"), "years of work");
        Path disk = Files.createDirectory(temp.resolve("disk"));
        Files.createSymbolicLink(disk.resolve("manifest.properties"), precious);
        try (Paddock paddock = Engines.storedAs("overlay", HOME);
                PostgresServer server = paddock.start(ServerSpec.create().withStorage(new Storage.OnDisk(disk)))) {
            assertThat(server.isAlive()).isTrue();
        }
        assertThat(precious).hasContent("years of work");
        assertThat(Files.isRegularFile(disk.resolve("manifest.properties"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }
}
