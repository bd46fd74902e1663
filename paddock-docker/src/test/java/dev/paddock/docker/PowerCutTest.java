package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.docker.container.Handle;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.model.Tuning;
import dev.paddock.registry.ServerRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What a power cut leaves of data in a volume, and of what a standing server needs to start again. Both are on a disk that is a file; a copy of that file
 * is what was on the disk in that instant.
 */
@EnabledIfSystemProperty(
        named = "user.name",
        matches = "root",
        disabledReason = "only root may mount a disk that can be copied while it is written to")
@SuppressWarnings("NullAway.Init")
final class PowerCutTest extends OnDocker {
    private Path temp;
    private Path mount;

    PowerCutTest() {}

    @BeforeEach
    void mountADisk() throws Exception {
        // The address of a socket below it may only be so long.
        temp = Files.createDirectory(
                Path.of("/tmp", "cut" + ProcessHandle.current().pid()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        run("truncate", "-s", "700M", temp.resolve("disk").toString());
        run("mkfs.ext4", "-q", "-F", temp.resolve("disk").toString());
        mount = mounted("disk", "m");
    }

    @AfterEach
    void unmountAll() throws Exception {
        for (String name : new String[] {"after", "m"}) {
            if (Files.isDirectory(temp.resolve(name))) {
                run("umount", temp.resolve(name).toString());
            }
        }
        Folders.delete(temp);
    }

    private Path mounted(String image, String name) throws Exception {
        Path place = Files.createDirectory(temp.resolve(name));
        run("mount", "-o", "loop", temp.resolve(image).toString(), place.toString());
        return place;
    }

    /** The disk as it would be found after the power was cut now. */
    private Path afterAPowerCut() throws Exception {
        run(
                "cp",
                "--sparse=always",
                temp.resolve("disk").toString(),
                temp.resolve("copy").toString());
        return mounted("copy", "after");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + answer);
        }
    }

    private static ServerSpec on(Path device, String volume) {
        return spec().withTuning(Tuning.DURABLE)
                .withStorage(new Storage.InVolume(
                        volume,
                        Optional.empty(),
                        Map.of("type", "none", "device", device.toString(), "o", "bind"),
                        Map.of()));
    }

    @Test
    void dataInAVolumeThatPostgresHasSyncedIsThere() throws Exception {
        String before = newName("before");
        String later = newName("later");
        try {
            Path device = Files.createDirectory(mount.resolve("data"));
            try (PostgresServer server = paddock.start(on(device, before))) {
                ask(server, "CREATE TABLE pony AS SELECT 'Merlin' AS name");

                Path after = afterAPowerCut();

                try (PostgresServer again = paddock.start(on(after.resolve("data"), later))) {
                    assertThat(ask(again, "SELECT name FROM pony")).isEqualTo("Merlin");
                }
            }
        } finally {
            docker().removeVolumeCmd(before).exec();
            docker().removeVolumeCmd(later).exec();
        }
    }

    @Test
    void whatAStandingServerNeedsToStartAgainIsThere() throws Exception {
        try (Paddock own = Paddock.open("docker", PaddockHome.under(mount), Progress.NONE)) {
            ServerRecord server = own.up(Optional.of("kept"), spec().withTuning(Tuning.DURABLE));
            try {
                Path folder = Path.of(new Handle(server.handle()).fact("folder"));

                Path after = afterAPowerCut().resolve(mount.relativize(folder));

                for (String file :
                        new String[] {"config/postgresql.conf", "config/pg_hba.conf", "manifest.properties"}) {
                    assertThat(after.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
                }
            } finally {
                own.down(server.name());
            }
        }
    }
}
