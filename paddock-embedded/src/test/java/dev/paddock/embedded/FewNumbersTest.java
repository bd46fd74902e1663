package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.home.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of root's on a machine that has few account numbers, as containers have whose engine maps them to an ordinary user's. */
@EnabledIfSystemProperty(
        named = "user.name",
        matches = "root",
        disabledReason = "servers of ordinary users have the account of their user")
final class FewNumbersTest {
    private Path temp = Path.of("");

    @BeforeEach
    void aFolderThatAllMayPassTo() throws Exception {
        temp = Files.createTempDirectory("few-numbers");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(temp.resolve("subuid"), "somebody:1900000000:300000000\n");
    }

    @AfterEach
    void removeIt() throws Exception {
        Folders.delete(temp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void noTwoServersThatRunHaveTheSameNumberAlsoIfTheirDataHas(String storage) throws Exception {
        List<String> said = run(storage, "mount -t tmpfs -o mode=755 paddock-test /run");
        assertThat(said).contains("accounts 40 from 60", "alive 39");
        assertThat(said)
                .anyMatch(line ->
                        line.startsWith("refused the server gets no account number of its own: another server has 61"));
        assertThat(said).contains("the first answers 42", "the second answers 42");
    }

    @Test
    void whereNumbersCanNotBeReservedNoServerStarts() throws Exception {
        assertThat(run(
                        "overlay",
                        "mount -t tmpfs paddock-test /run && mount -t tmpfs paddock-test /var/lib"
                                + " && mount -o remount,ro /run && mount -o remount,ro /var/lib"))
                .anyMatch(line -> line.contains("no folder paddock-accounts that is root's alone can be made"));
    }

    /** With a list of users that has nothing else left. */
    private List<String> run(String storage, String more) throws Exception {
        assumeTrue(Intruder.run("unshare", "--mount", "echo", "there").equals("there"), "no mounts of one's own");
        assumeTrue(Files.exists(Path.of("/etc/subuid")), "no list to mount another over");
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind " + temp.resolve("subuid") + " /etc/subuid && { " + more + "; } && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temp,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Crowd.class.getName(),
                dev.paddock.contract.EngineContract.sharedHome()
                        .cache()
                        .resolve("..")
                        .toString(),
                "40",
                temp.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PADDOCK_STORAGE", storage);
        Process crowd = builder.redirectErrorStream(true).start();
        List<String> said = crowd.inputReader().lines().toList();
        crowd.waitFor();
        return said;
    }
}
