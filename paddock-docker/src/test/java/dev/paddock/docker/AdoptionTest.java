package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.PostgresServer;
import dev.paddock.docker.container.Volumes;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.ExistingData;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data that somebody has without Paddock: run as it is, or cloned with the original untouched. */
final class AdoptionTest extends OnDocker {
    private static final String DATA = "/var/lib/postgresql/data";

    private final List<String> volumes = new ArrayList<>();
    private final List<String> snapshots = new ArrayList<>();

    private String newVolume() {
        String name = newName("original");
        volumes.add(name);
        return name;
    }

    private String newSnapshot() {
        String name = newName("clone");
        snapshots.add(name);
        return name;
    }

    @AfterEach
    void removeAll() {
        for (String snapshot : snapshots) {
            if (paddock.snapshots().list().stream()
                    .anyMatch(each -> each.name().orElse("").equals(snapshot))) {
                paddock.snapshots().remove(snapshot);
            }
        }
        snapshots.clear();
        for (String volume : volumes) {
            try {
                docker().removeVolumeCmd(volume).exec();
            } catch (NotFoundException gone) {
                // By the test.
            }
        }
        volumes.clear();
    }

    private Adopted original(String image, List<String> variables, String... binds) {
        return Adopted.start(docker(), image, newName("original"), variables, binds);
    }

    /** What tells whether anything in a volume has changed: names, owners, sizes, content. */
    private String digest(String volume) {
        return Adopted.run(
                docker(),
                volume,
                "cd /volume && (find . -printf '%p %u %m %s\\n'; find . -type f -exec sha256sum {} +) | sort | sha256sum");
    }

    @ParameterizedTest
    @CsvSource({"15, /var/lib/postgresql/data", "18, /var/lib/postgresql"})
    void aStoppedServersVolumeIsClonedAndStaysUntouched(String version, String mounted) throws Exception {
        Engines.require("paddock/postgres:" + version);
        String volume = newVolume();
        try (Adopted original = original("paddock/postgres:" + version, List.of(), volume + ":" + mounted)) {
            original.ask("postgres", "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            original.stop();
            String before = digest(volume);
            Snapshot snapshot = paddock.adopt(new ExistingData.InVolume(volume), ServerSpec.create(), newSnapshot());
            assertThat(digest(volume)).isEqualTo(before);
            assertThat(snapshot.manifest().kind()).isEqualTo(Kind.CAPTURED);
            assertThat(snapshot.manifest().version().major()).isEqualTo(Integer.parseInt(version));
            try (PostgresServer clone = paddock.start(ServerSpec.snapshot(snapshot.label()))) {
                assertThat(ask(clone, "SELECT name FROM pony")).isEqualTo("Merlin");
            }
        }
    }

    @Test
    void aServerThatCrashedIsRecoveredOnTheCloneOnly() throws Exception {
        String volume = newVolume();
        try (Adopted original = original(IMAGE, List.of(), volume + ":" + DATA)) {
            original.ask("postgres", "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            original.kill();
            String before = digest(volume);
            assertThatThrownBy(() -> paddock.start(
                            spec().withPassword(Adopted.password()).withStorage(Storage.inVolume(volume))))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("was not shut down in order");
            Snapshot snapshot = paddock.adopt(new ExistingData.InVolume(volume), ServerSpec.create(), newSnapshot());
            assertThat(digest(volume)).isEqualTo(before);
            try (PostgresServer clone = paddock.start(ServerSpec.snapshot(snapshot.label()))) {
                assertThat(ask(clone, "SELECT name FROM pony")).isEqualTo("Merlin");
            }
            original.restart();
            assertThat(original.ask("postgres", "SELECT name FROM pony")).isEqualTo("Merlin");
        }
    }

    @Test
    void aRunningContainerIsClonedAndRunsOn() throws Exception {
        String name = newName("running");
        // Its own programs are led to another server, where nobody answers here.
        List<String> variables = List.of("POSTGRES_USER=alice", "POSTGRES_DB=shop", "PGHOSTADDR=127.0.0.9");
        try (Adopted original = Adopted.start(docker(), IMAGE, name, variables)) {
            original.inside("psql -U alice -d shop -c \"CREATE TABLE pony AS SELECT 'Merlin' AS name\"");
            Snapshot snapshot = paddock.adopt(new ExistingData.OfContainer(name), ServerSpec.create(), newSnapshot());
            original.inside("psql -U alice -d shop -c 'DROP TABLE pony'");
            assertThat(original.isRunning()).isTrue();
            assertThat(snapshot.manifest().user()).isEqualTo("alice");
            assertThat(snapshot.manifest().database()).isEqualTo("shop");
            try (PostgresServer clone = paddock.start(ServerSpec.snapshot(snapshot.label()))) {
                assertThat(ask(clone, "SELECT name || current_user FROM pony")).isEqualTo("Merlinalice");
            }
        }
    }

    @Test
    void aStoppedContainersDataIsClonedWhereverItIs() throws Exception {
        String name = newName("stopped");
        // In the container's own layer, as images of companies often have it.
        try (Adopted original = Adopted.start(docker(), IMAGE, name, List.of("PGDATA=/var/lib/own/pgdata"))) {
            original.ask("postgres", "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            original.stop();
            Snapshot snapshot = paddock.adopt(new ExistingData.OfContainer(name), ServerSpec.create(), newSnapshot());
            try (PostgresServer clone = paddock.start(ServerSpec.snapshot(snapshot.label()))) {
                assertThat(ask(clone, "SELECT name FROM pony")).isEqualTo("Merlin");
            }
        }
    }

    @Test
    void aFolderIsClonedWithoutWhatTiesItToItsPlace(@TempDir Path temp) throws Exception {
        Path main = Files.createDirectories(temp.resolve("15/main"));
        try (Adopted original = original(IMAGE, List.of(), main + ":" + DATA)) {
            original.ask("postgres", "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            original.ask("postgres", "ALTER SYSTEM SET archive_mode = on");
            original.ask("postgres", "ALTER SYSTEM SET archive_command = '/bin/false'");
            original.ask("postgres", "ALTER SYSTEM SET port = 6000");
            original.ask("postgres", "ALTER SYSTEM SET work_mem = '7MB'");
            original.ask("postgres", "SELECT pg_create_physical_replication_slot('standby', true)");
            assertThatThrownBy(() -> paddock.adopt(new ExistingData.InFolder(temp), ServerSpec.create(), newSnapshot()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("is used by the container paddock-test-original");
            original.stop();
            // As Debian has it, whose configuration stands elsewhere.
            Files.delete(main.resolve("postgresql.conf"));
            Snapshot snapshot = paddock.adopt(new ExistingData.InFolder(temp), ServerSpec.create(), newSnapshot());
            assertThat(main.resolve("pg_replslot/standby")).exists();
            try (PostgresServer clone = paddock.start(ServerSpec.snapshot(snapshot.label()))) {
                assertThat(ask(clone, "SELECT name FROM pony")).isEqualTo("Merlin");
                assertThat(ask(clone, "SHOW archive_mode")).isEqualTo("off");
                assertThat(ask(clone, "SHOW work_mem")).isEqualTo("7MB");
                assertThat(ask(clone, "SELECT count(*) FROM pg_replication_slots"))
                        .isEqualTo("0");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"15, /var/lib/postgresql/data", "18, /var/lib/postgresql"})
    void aVolumeIsRunAsItIsWithTheUsersAndPasswordsThatItHas(String version, String mounted) throws Exception {
        Engines.require("paddock/postgres:" + version);
        String volume = newVolume();
        String image = "paddock/postgres:" + version;
        try (Adopted original = original(image, List.of("POSTGRES_USER=alice"), volume + ":" + mounted)) {
            original.ask("alice", "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            String roles = original.ask("alice", "SELECT rolname, rolpassword FROM pg_authid");
            ServerSpec asItIs = ServerSpec.create().withUser("alice").withStorage(Storage.inVolume(volume));
            assertThatThrownBy(() -> paddock.start(asItIs.withPassword(Adopted.password())))
                    .hasMessageContaining("the volume " + volume + " is used by the container paddock-test-original");
            original.stop();
            assertThatThrownBy(() -> paddock.start(asItIs))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("run as it is, and so with the passwords that it has");
            assertThatThrownBy(() -> paddock.start(asItIs.withPassword("guessed")))
                    .hasMessageContaining("password authentication failed");
            try (PostgresServer server = paddock.start(asItIs.withPassword(Adopted.password()))) {
                assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Merlin");
                assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
                ask(server, "UPDATE pony SET name = 'Bess'");
            }
            original.restart();
            assertThat(original.ask("alice", "SELECT name FROM pony")).isEqualTo("Bess");
            assertThat(original.ask("alice", "SELECT rolname, rolpassword FROM pg_authid"))
                    .isEqualTo(roles);
        }
        assertThat(Volumes.find(docker(), volume)).isPresent();
    }

    @Test
    void aFolderIsRunAsItIsAndNothingIsPutBesideItsData(@TempDir Path temp) throws Exception {
        Path main = Files.createDirectories(temp.resolve("15/main"));
        try (Adopted original = original(IMAGE, List.of("POSTGRES_USER=alice"), main + ":" + DATA)) {
            original.ask("alice", "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            ServerSpec asItIs = ServerSpec.create().withUser("alice").withStorage(new Storage.OnDisk(temp));
            assertThatThrownBy(() -> paddock.start(asItIs.withPassword(Adopted.password())))
                    .hasMessageContaining(temp + " is used by the container paddock-test-original");
            original.stop();
            assertThatThrownBy(() -> paddock.start(asItIs))
                    .hasMessageContaining("the data in the folder " + temp + " is run as it is");
            List<String> before = names(temp);
            try (PostgresServer server = paddock.start(asItIs.withPassword(Adopted.password()))) {
                assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Merlin");
                assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
                ask(server, "UPDATE pony SET name = 'Bess'");
                assertThatThrownBy(() -> paddock.start(asItIs.withPassword(Adopted.password())))
                        .hasMessageContaining(temp + " is used by the container");
            }
            assertThat(names(temp)).isEqualTo(before);
            original.restart();
            assertThat(original.ask("alice", "SELECT name FROM pony")).isEqualTo("Bess");
        }
    }

    /** Of a folder and the data directory in it. */
    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 3)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void whatAKilledFirstStartLeftInAFolderIsNoDataOfSomebodys(@TempDir Path temp) throws Exception {
        Path folder = temp.resolve("data");
        ServerSpec spec = spec().withStorage(new Storage.OnDisk(folder));
        paddock.start(spec).close();
        // As it is before the copy gets its name.
        String gone = new ProcessStamp(1, 1, ProcessStamp.ofSelf().namespace()).toString();
        Path draft = Files.createDirectory(folder.resolve("draft-" + gone + "-1"));
        Files.move(folder.resolve("data"), draft.resolve("data"));
        Files.delete(folder.resolve("manifest.properties"));
        Files.delete(folder.resolve("connection.properties"));
        Files.writeString(folder.resolve("unfinished"), "of the data with the word 1\n");
        try (PostgresServer server = paddock.start(spec)) {
            assertThat(server.isAlive()).isTrue();
            assertThat(draft).doesNotExist();
        }
    }

    @Test
    void aStoppedContainersDataIsRunAsItIs() throws Exception {
        String name = newName("container");
        try (Adopted original = Adopted.start(docker(), IMAGE, name, List.of("POSTGRES_USER=alice"))) {
            original.ask("alice", "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            ServerSpec asItIs =
                    ServerSpec.create().withPassword(Adopted.password()).withStorage(new Storage.OfContainer(name));
            assertThatThrownBy(() -> paddock.start(asItIs))
                    .hasMessageContaining("the data of the container " + name + " is used by the container " + name);
            original.stop();
            try (PostgresServer server = paddock.start(asItIs)) {
                assertThat(ask(server, "SELECT name || ' of ' || current_user FROM pony"))
                        .isEqualTo("Merlin of alice");
                ask(server, "UPDATE pony SET name = 'Bess'");
            }
            original.restart();
            assertThat(original.ask("alice", "SELECT name FROM pony")).isEqualTo("Bess");
        }
    }

    @Test
    void dataInAContainersOwnLayerCantBeRunElsewhere() throws Exception {
        String name = newName("layer");
        try (Adopted original = Adopted.start(docker(), IMAGE, name, List.of("PGDATA=/var/lib/own/pgdata"))) {
            original.stop();
            assertThatThrownBy(() -> paddock.start(ServerSpec.create()
                            .withPassword(Adopted.password())
                            .withStorage(new Storage.OfContainer(name))))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("the container " + name + " has its data in its own layer");
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> paddock.adopt(
                        new ExistingData.InVolume("paddock-test-nothing"), ServerSpec.create(), newSnapshot()))
                .hasMessageContaining("the engine has no volume paddock-test-nothing");
        assertThatThrownBy(() -> paddock.adopt(
                        new ExistingData.OfContainer("paddock-test-nothing"), ServerSpec.create(), newSnapshot()))
                .hasMessageContaining("the engine has no container paddock-test-nothing");
        assertThatThrownBy(() -> paddock.adopt(
                        new ExistingData.InFolder(Path.of("/nowhere/at/all")), ServerSpec.create(), newSnapshot()))
                .hasMessageContaining("there is no folder /nowhere/at/all");
        String volume = newVolume();
        docker().createVolumeCmd().withName(volume).exec();
        assertThatThrownBy(() -> paddock.adopt(new ExistingData.InVolume(volume), ServerSpec.create(), newSnapshot()))
                .hasMessageContaining("holds no data directory of PostgreSQL: it is empty");
    }

    @Test
    void anImageOfAnotherMajorVersionIsRefused() {
        Engines.require("paddock/postgres:18");
        String volume = newVolume();
        try (Adopted original = original(IMAGE, List.of(), volume + ":" + DATA)) {
            original.stop();
            assertThatThrownBy(() ->
                            paddock.adopt(new ExistingData.InVolume(volume), ServerSpec.postgres("18"), newSnapshot()))
                    .hasMessageContaining("is the data of PostgreSQL 15; paddock/postgres:18 has PostgreSQL 18");
            assertThatThrownBy(() -> paddock.start(ServerSpec.postgres("18")
                            .withPassword(Adopted.password())
                            .withStorage(Storage.inVolume(volume))))
                    .hasMessageContaining("is the data of PostgreSQL 15; paddock/postgres:18 has PostgreSQL 18");
        }
    }
}
