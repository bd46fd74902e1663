package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.registry.ServerRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder of Paddock's may be called whatever a file system takes; nothing is known of PostgreSQL in it beforehand. */
final class HomeNamesTest {
    private final Path temp;

    HomeNamesTest(@TempDir Path temp) {
        this.temp = temp;
    }

    @BeforeEach
    void othersMayPass() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words\nand a line (0x1)", "Grüße 日本, it's \"said\"", "$HOME;`x`\\"})
    void aServerStartsInAHomeOfAnyNameOnAnOverlay(String name) throws Exception {
        assertThat(startsIn(name, "overlay")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words\nand a line (0x1)", "Grüße 日本, it's here"})
    void aServerStartsInAHomeOfAlmostAnyNameOnACopy(String name) throws Exception {
        assertThat(startsIn(name, "copy")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "$HOME", "`x`", "\\"})
    void aNameThatInitdbCannotHaveIsSaidWhereNothingCanHideIt(String name) throws Exception {
        assertThatThrownBy(() -> startsIn(name, "copy"))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("initdb can't be run from " + temp.resolve(name));
    }

    @Test
    void aServerThatDiesInAHomeOfTwoLinesTellsItThere() throws Exception {
        Path precious = Files.writeString(temp.resolve("a"), "years of work");
        PaddockHome home = Engines.homeWithPostgres(temp.resolve("a\nb"));
        try (Paddock paddock = Engines.storedAs("overlay", home)) {
            ServerRecord server = paddock.up(Optional.of("dies"), ServerSpec.create());
            long postmaster = ProcessStamp.parse(String.valueOf(server.handle().get("postmaster")))
                    .orElseThrow()
                    .pid();
            ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
            Awaitility.await()
                    .until(() -> paddock.registry().known("dies").end().isPresent());
            assertThat(paddock.registry().known("dies").end().orElseThrow().reason())
                    .contains("was killed by signal 9");
            paddock.down("dies");
        }
        assertThat(precious).hasContent("years of work");
    }

    private boolean startsIn(String name, String storage) throws Exception {
        PaddockHome home = Engines.homeWithPostgres(temp.resolve(name));
        try (Paddock paddock = Engines.storedAs(storage, home);
                PostgresServer server = paddock.start(ServerSpec.create())) {
            return server.isAlive();
        }
    }
}
