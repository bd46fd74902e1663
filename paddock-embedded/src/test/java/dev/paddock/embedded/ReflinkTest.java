package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.contract.EngineUnderTest;
import dev.paddock.contract.LeaseContract;
import dev.paddock.contract.ServerContract;
import dev.paddock.contract.SnapshotContract;
import dev.paddock.contract.TemplateContract;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.LeaseSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract on clones that share blocks, with the cache on an XFS of the test's own. */
@EnabledIfSystemProperty(
        named = "user.name",
        matches = "root",
        disabledReason = "only root may mount a file system that shares blocks")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class ReflinkTest implements EngineUnderTest {
    private Path disk;
    private Path mount;

    @BeforeAll
    void mountXfs() throws Exception {
        disk = Files.createTempFile("paddock", ".xfs");
        mount = Files.createTempDirectory("paddock-xfs");
        run("truncate", "-s", "1500M", disk.toString());
        run("mkfs.xfs", "-q", "-m", "reflink=1", disk.toString());
        run("mount", "-o", "loop", disk.toString(), mount.toString());
        Files.setPosixFilePermissions(mount, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterAll
    void unmount() throws Exception {
        if (mount != null) {
            run("umount", mount.toString());
            Files.delete(mount);
            Files.delete(disk);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + answer);
        }
    }

    @Override
    public Paddock open(LeaseSettings settings) {
        return Engines.storedAs("reflink", PaddockHome.under(mount.resolve("home")), settings);
    }

    @Nested
    final class Servers extends ServerContract {}

    @Nested
    final class Snapshots extends SnapshotContract {}

    @Nested
    final class Leases extends LeaseContract {}

    @Nested
    final class Templates extends TemplateContract {}
}
