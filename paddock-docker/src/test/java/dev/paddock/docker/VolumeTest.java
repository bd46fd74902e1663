package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import dev.paddock.PostgresServer;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.container.Volumes;
import dev.paddock.home.Folders;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.Mount;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data in volumes of the user's. */
final class VolumeTest extends OnDocker {
    private final List<String> volumes = new ArrayList<>();

    private String newVolume() {
        String name = newName("volume");
        volumes.add(name);
        return name;
    }

    @AfterEach
    void removeVolumes() {
        for (String volume : volumes) {
            if (Volumes.find(docker(), volume).isPresent()) {
                docker().removeVolumeCmd(volume).exec();
            }
        }
        volumes.clear();
    }

    private static ServerSpec in(String volume, ServerSpec spec) {
        return spec.withStorage(Storage.inVolume(volume));
    }

    private InspectVolumeResponse inspect(String volume) {
        return Volumes.find(docker(), volume).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/var/lib/postgresql/data", "/var/lib/postgresql", "/var/lib/postgresql/18/docker"})
    void aVolumeThatWouldHoldNoDataIsRefusedBeforeItIsMade(String target) {
        String volume = newName("in-vain");
        Mount mount = new Mount.Volume(volume, target, false, Optional.empty(), Map.of(), Map.of());
        assertThatThrownBy(() -> paddock.start(spec(container -> container.withMounts(List.of(mount)))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("would hold no data of the server")
                .extracting(refused -> ((InvalidSpecException) refused).hint().orElse(""))
                .asString()
                .contains("Storage.inVolume(\"" + volume + "\")");
        assertThat(Volumes.find(docker(), volume)).isEmpty();
    }

    @Test
    void aVolumeCanBeRemovedAsSoonAsItsServerIsClosed() {
        for (int time = 0; time < 3; time++) {
            String volume = newVolume();
            Mount mount = new Mount.Volume(volume, "/more", false, Optional.empty(), Map.of(), Map.of());
            paddock.start(spec(container -> container.withMounts(List.of(mount))))
                    .close();
            assertThatCode(() -> docker().removeVolumeCmd(volume).exec()).doesNotThrowAnyException();
        }
    }

    @Test
    void theVolumeOfAnImageIsKnownByItsLabelsAndGoesWithItsServer() {
        String volume;
        try (PostgresServer server = paddock.start(spec())) {
            volume = Objects.requireNonNull(inspect(server).getMounts()).stream()
                    .filter(mount -> "/var/lib/postgresql/data"
                            .equals(Objects.requireNonNull(mount.getDestination())
                                    .getPath()))
                    .map(mount -> String.valueOf(mount.getName()))
                    .findFirst()
                    .orElseThrow();
            assertThat(inspect(volume).getLabels()).containsEntry(Ours.KIND, "image-volume");
        }
        Awaitility.await().until(() -> Volumes.find(docker(), volume).isEmpty());
    }

    @Test
    void theVolumeOfAnImageThatWasLeftBehindIsSweptUpOnceItsOwnerIsGone() {
        Map<String, String> labels = new HashMap<>(containers().ours().labels("image-volume"));
        String living = newVolume();
        docker().createVolumeCmd().withName(living).withLabels(labels).exec();
        labels.put(
                "dev.paddock.owner",
                new ProcessStamp(4194305, 1, ProcessStamp.ofSelf().namespace()).toString());
        String forgotten = newVolume();
        docker().createVolumeCmd().withName(forgotten).withLabels(labels).exec();

        Volumes.sweep(docker(), containers().ours());

        assertThat(Volumes.find(docker(), forgotten)).isEmpty();
        assertThat(Volumes.find(docker(), living)).isPresent();
    }

    @Test
    void aVolumeWhereTheImageSaysThatItKeepsItsDataIsRefused() {
        String image = newName("elsewhere");
        String container =
                docker().createContainerCmd(IMAGE).withCmd("true").exec().getId();
        try {
            docker().commitCmd(container)
                    .withRepository(image)
                    .withTag("15")
                    .withEnv("PGDATA=/srv/cluster/15")
                    .exec();
            Mount mount =
                    new Mount.Volume(newName("in-vain"), "/srv/cluster", false, Optional.empty(), Map.of(), Map.of());
            assertThatThrownBy(() ->
                            paddock.start(spec(so -> so.withImage(image + ":15").withMounts(List.of(mount)))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("images keep theirs at /srv/cluster/15");
        } finally {
            docker().removeContainerCmd(container).withRemoveVolumes(true).exec();
            docker().removeImageCmd(image + ":15").withForce(true).exec();
        }
    }

    @Test
    void aVolumeIsFilledOnceAndContinuedAndKept() throws Exception {
        for (String version : List.of("15", "18")) {
            Engines.require("paddock/postgres:" + version);
            String volume = newVolume();
            ServerSpec spec = in(volume, ServerSpec.postgres(version)).withDatabase("shop");
            try (PostgresServer server = paddock.start(spec)) {
                assertThat(server.storage()).isEqualTo("volume");
                ask(server, "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            }
            assertThat(inspect(volume).getLabels()).containsEntry("dev.paddock", "volume");
            // Whatever version is the usual one: the volume tells.
            try (PostgresServer server =
                    paddock.start(in(volume, ServerSpec.create()).withDatabase("shop"))) {
                assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Merlin");
                assertThat(server.version().major()).isEqualTo(Integer.parseInt(version));
                assertThat(inside(server, "stat -c %U $PGDATA; stat -c %a $PGDATA"))
                        .isEqualTo("postgres\n700");
            }
        }
    }

    @Test
    void aVolumeIsContinuedByAStandingServerAndASnapshotOfItIsTaken() throws Exception {
        String volume = newVolume();
        String snapshot = newName("snapshot");
        try (PostgresServer server = paddock.start(in(volume, spec()))) {
            ask(server, "CREATE TABLE pony AS SELECT 'Merlin' AS name");
        }
        String name = newName("up");
        paddock.up(Optional.of(name), in(volume, spec()));
        try {
            paddock.freeze(name, snapshot);
        } finally {
            paddock.down(name);
        }
        try (PostgresServer clone = paddock.start(ServerSpec.snapshot(snapshot))) {
            assertThat(ask(clone, "SELECT name FROM pony")).isEqualTo("Merlin");
        }
        paddock.snapshots().remove(snapshot);
    }

    @Test
    void aVolumeInUseIsRefusedWithTheNameOfTheContainer() {
        String volume = newVolume();
        try (PostgresServer server = paddock.start(in(volume, spec()))) {
            String name = docker().inspectContainerCmd(server.identity())
                    .exec()
                    .getName()
                    .substring(1);
            assertThatThrownBy(() -> paddock.start(in(volume, spec())))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("the volume " + volume + " is used by the container " + name);
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void aVolumeHasTheDriverOptionsAndLabelsThatAreAskedFor(@TempDir Path folder) throws Exception {
        String volume = newVolume();
        Storage limited = new Storage.InVolume(
                volume,
                Optional.of("local"),
                Map.of("type", "none", "device", folder.toString(), "o", "bind"),
                Map.of("team", "orders"));
        paddock.start(spec().withStorage(limited)).close();
        assertThat(inspect(volume).getLabels()).containsEntry("team", "orders");
        assertThat(inspect(volume).getOptions()).containsEntry("device", folder.toString());
        assertThat(folder.resolve("manifest.properties")).exists();
        assertThatThrownBy(() -> paddock.start(spec().withStorage(new Storage.InVolume(
                        volume, Optional.empty(), Map.of("device", "/elsewhere"), Map.of()))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("there is a volume " + volume + " with other options already");
    }

    @Test
    void aVolumeBesidesTheDataHasThemToo() {
        String volume = newVolume();
        Mount.Volume scratch = new Mount.Volume(
                volume,
                "/scratch",
                false,
                Optional.of("local"),
                Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=16m,mode=1777"),
                Map.of("team", "orders"));
        try (PostgresServer server = paddock.start(spec(container -> container.withMounts(List.of(scratch))))) {
            assertThat(inside(server, "touch /scratch/x && df -k /scratch | tail -n 1"))
                    .contains(" 16384 ");
            server.close();
            containers().awaitGone(server.identity());
        }
        assertThat(inspect(volume).getDriver()).isEqualTo("local");
        assertThat(inspect(volume).getOptions()).isEqualTo(scratch.options());
        assertThat(inspect(volume).getLabels()).containsEntry("team", "orders");
    }

    @Test
    void nothingIsLeftInAVolumeWhoseServerCouldNotBeMadeReady(@TempDir Path temp) throws Exception {
        Path script = Files.writeString(temp.resolve("init.sql"), "SELECT nonsense;");
        String made = newVolume();
        assertThatThrownBy(() -> paddock.start(in(made, spec()).withInit(List.of(script))))
                .hasMessageContaining("nonsense");
        assertThat(Volumes.find(docker(), made)).isEmpty();

        String users = newVolume();
        docker().createVolumeCmd().withName(users).exec();
        assertThatThrownBy(() -> paddock.start(in(users, spec()).withInit(List.of(script))))
                .hasMessageContaining("nonsense");
        paddock.start(in(users, spec())).close();
        assertThat(inspect(users).getLabels() == null
                        || inspect(users).getLabels().isEmpty())
                .isTrue();
    }

    @Test
    void aVolumeThatWasNotMadeCompleteIsFilledAnew(@TempDir Path temp) throws Exception {
        Path cut = Files.writeString(
                temp.resolve("cut.sql"),
                "CREATE TABLE half AS SELECT 1; COPY half TO '/tmp/begun'; SELECT pg_sleep(600);");
        Path whole = Files.writeString(temp.resolve("whole.sql"), "CREATE TABLE pony AS SELECT 'Merlin' AS name;");
        String volume = newVolume();
        Process filling = Victim.start(
                Filling.class, HOME.cache().resolve("..").normalize().toString(), volume, cut.toString());
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> inside(ofVictim(volume).get(0).getId(), "cat /tmp/begun")
                            .equals("1"));
        } finally {
            Victim.kill(filling);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ofVictim(volume).isEmpty());

        ServerSpec spec = in(volume, spec()).withInit(List.of(whole));
        try (PostgresServer server = paddock.start(spec)) {
            assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Merlin");
            assertThat(ask(server, "SELECT to_regclass('half')")).isEqualTo("null");
            ask(server, "UPDATE pony SET name = 'Tinker'");
        }
        try (PostgresServer server = paddock.start(spec)) {
            assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Tinker");
        }
    }

    private List<Container> ofVictim(String name) {
        return docker().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("victim=" + name))
                .exec();
    }

    /** Whoever begins to work in that folder sweeps it. */
    @Test
    void aVolumeIsFilledThoughOthersSweepMeanwhile() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> sweeping = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                try {
                    Folders.sweep(HOME.stateFolder("docker"));
                } catch (IOException gone) {
                    // By its own maker.
                }
            }
        });
        try {
            for (int round = 0; round < 3; round++) {
                paddock.start(in(newVolume(), spec())).close();
            }
        } finally {
            done.set(true);
            sweeping.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aMarkOfOtherDataThanThatInTheVolumeIsRefused() throws Exception {
        String volume = newVolume();
        try (PostgresServer server = paddock.start(in(volume, spec()))) {
            ask(server, "CREATE TABLE pony AS SELECT 'Merlin' AS name");
        }
        // As if a backup had been put in the place of what was being filled.
        Adopted.run(docker(), volume, "echo another > /volume/unfinished");
        assertThatThrownBy(() -> paddock.start(in(volume, spec())))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("the mark tells of other data");
        Adopted.run(docker(), volume, "rm /volume/unfinished");
        try (PostgresServer server = paddock.start(in(volume, spec()))) {
            assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Merlin");
        }
    }

    @Test
    void aMarkThatSaysNothingCostsNobodyTheirData() throws Exception {
        String volume = newVolume();
        try (PostgresServer server = paddock.start(in(volume, spec()))) {
            ask(server, "CREATE TABLE pony AS SELECT 'Merlin' AS name");
        }
        Adopted.run(docker(), volume, ": > /volume/unfinished");
        try (PostgresServer server = paddock.start(in(volume, spec()))) {
            assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Merlin");
        }
        Adopted.run(docker(), volume, "mv /volume/manifest.properties /volume/kept");
        assertThatThrownBy(() -> paddock.start(in(volume, spec())))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("the mark tells of other data");
        Adopted.run(docker(), volume, "rm /volume/unfinished; mv /volume/kept /volume/manifest.properties");
        try (PostgresServer server = paddock.start(in(volume, spec()))) {
            assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Merlin");
        }
    }

    private static ServerSpec on(Path device, String volume) {
        return spec().withStorage(new Storage.InVolume(
                volume, Optional.empty(), Map.of("type", "none", "device", device.toString(), "o", "bind"), Map.of()));
    }

    @Test
    void theDataOnAVolumesDeviceIsGoneOnWithUnderANewName(@TempDir Path device) throws Exception {
        String first = newVolume();
        try (PostgresServer server = paddock.start(on(device, first))) {
            ask(server, "CREATE TABLE pony AS SELECT 'Merlin' AS name");
        }
        docker().removeVolumeCmd(first).exec();
        for (String volume : List.of(first, newVolume())) {
            try (PostgresServer server = paddock.start(on(device, volume))) {
                assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Merlin");
            }
        }
    }

    @Test
    void aVolumesDeviceThatIsInUseUnderAnotherNameIsRefused(@TempDir Path device) throws Exception {
        try (PostgresServer server = paddock.start(on(device, newVolume()))) {
            String other = newVolume();
            assertThatThrownBy(() -> paddock.start(on(device, other)))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("the volume " + other + " is used by the container");
            assertThat(Volumes.find(docker(), other)).isEmpty();
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void somebodysOwnDataOnAVolumesDeviceIsNotFilledOver(@TempDir Path device) throws Exception {
        try (Adopted original =
                Adopted.start(docker(), IMAGE, newName("original"), List.of(), device + ":/var/lib/postgresql/data")) {
            original.ask("postgres", "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            original.stop();
            String volume = newVolume();
            assertThatThrownBy(() -> paddock.start(on(device, volume)))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("run as it is, and so with the passwords that it has");
            assertThat(Volumes.find(docker(), volume)).isEmpty();
            assertThat(device.resolve("data")).doesNotExist();
            try (PostgresServer server = paddock.start(on(device, volume).withPassword(Adopted.password()))) {
                assertThat(ask(server, "SELECT name FROM pony")).isEqualTo("Merlin");
            }
        }
    }

    @Test
    void aVolumeOfSomethingElseIsRefused() {
        String volume = newVolume();
        try (PostgresServer server = paddock.start(spec(container -> container
                .withMounts(List.of(new Mount.Volume(
                        volume, "/tmp/else", false, Optional.empty(), Map.of(), Map.of("team", "orders"))))
                .withUser("12345")))) {
            assertThat(inspect(volume).getLabels())
                    .containsEntry("team", "orders")
                    .containsEntry("dev.paddock", "volume");
            assertThat(server.isAlive()).isTrue();
        }
        Adopted.write(docker(), volume, "letters");
        assertThatThrownBy(() -> paddock.start(in(volume, spec())))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("holds no data directory of PostgreSQL, but letters");
    }

    @Test
    void aVolumeThatForgetsIsSaidToForget() {
        String volume = newVolume();
        Storage forgetful = new Storage.InVolume(
                volume, Optional.empty(), Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=512m"), Map.of());
        assertThatThrownBy(() -> paddock.start(spec().withStorage(forgetful)))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("the volume has not kept what it was filled with");
        assertThat(Volumes.find(docker(), volume)).isEmpty();
    }

    @Test
    void aNameThatNoVolumeCanHaveIsRefused() {
        assertThatThrownBy(() -> Storage.inVolume("/etc"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("'/etc' can't be the name of a volume");
    }
}
