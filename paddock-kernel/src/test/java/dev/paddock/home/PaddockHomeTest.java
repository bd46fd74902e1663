package dev.paddock.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may write to what Paddock runs and believes. */
final class PaddockHomeTest {
    /** Of an account that every system has, called {@code daemon}. */
    private static final int STRANGER = 1;

    @TempDir
    private Path temp = Path.of("");

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static void give(Path path, int account) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may give files to others");
        Files.setAttribute(path, "unix:uid", account, LinkOption.NOFOLLOW_LINKS);
    }

    private void assertRefused(Path home, String... words) {
        assertThatThrownBy(() -> PaddockHome.under(home).cacheFolder("scripts"))
                .isInstanceOf(PaddockException.class)
                .hasMessageContainingAll(words)
                .extracting(failure -> ((PaddockException) failure).hint().orElse(""))
                .asString()
                .contains("PADDOCK_HOME");
        assertThatThrownBy(() -> PaddockHome.under(home).requireSafe()).isInstanceOf(PaddockException.class);
    }

    @Test
    void isClosedToOthersFromTheBeginning() throws IOException {
        Path home = temp.resolve("above/home");
        Path made = PaddockHome.under(home).cacheFolder("scripts");
        for (Path each = made; !each.equals(temp); each = each.resolve("..").normalize()) {
            assertThat(mode(each)).as(each.toString()).isEqualTo("rwx------");
        }
    }

    @Test
    void isTakenAgain() {
        Path made = PaddockHome.under(temp.resolve("home")).cacheFolder("scripts");
        assertThat(PaddockHome.under(temp.resolve("home")).cacheFolder("scripts"))
                .isEqualTo(made);
    }

    @Test
    void oneThatOthersMayWriteToIsRefused() throws IOException {
        Path home = temp.resolve("home");
        PaddockHome.under(home).cacheFolder("scripts");
        mode(home.resolve("cache"), "rwxrwxrwx");
        assertRefused(home, home + "/cache may be written to by others");
        mode(home.resolve("cache"), "rwx------");
        mode(home, "rwxrwxrwx");
        assertRefused(home, home + " may be written to by others");
    }

    /** As {@code chmod -R a+rwX} leaves it, once the folders above are closed again. */
    @Test
    void oneWhoseFoldersAreOpenIsRefusedThoughItIsClosedItself() throws IOException {
        Path home = temp.resolve("home");
        for (String name : List.of("scripts", "installations", "snapshots")) {
            Path folder = PaddockHome.under(home).cacheFolder(name);
            mode(folder, "rwxrwxrwx");
            assertThatThrownBy(() -> PaddockHome.under(home).cacheFolder(name))
                    .hasMessageContaining(folder + " may be written to by others")
                    .extracting(failure -> ((PaddockException) failure).hint().orElse(""))
                    .asString()
                    .contains("'chmod -R go-w " + folder + "'");
        }
        Path servers = PaddockHome.under(home).stateFolder("servers");
        mode(servers, "rwxrwxrwx");
        assertThatThrownBy(() -> PaddockHome.under(home).stateFolder("servers")).hasMessageContaining("by others");
    }

    @Test
    void oneThatOthersCouldPutAnotherInThePlaceOfIsRefused() throws IOException {
        Path open = Files.createDirectory(temp.resolve("open"));
        mode(open, "rwxrwxrwx");
        assertRefused(open.resolve("home"), open + " may be written to by others");
        assertThat(open.resolve("home")).doesNotExist();
    }

    @Test
    void oneOfAnotherAccountIsRefused() throws IOException {
        Path home = temp.resolve("home");
        PaddockHome.under(home).cacheFolder("scripts");
        give(home.resolve("cache"), STRANGER);
        assertRefused(home, home + "/cache belongs to the user daemon");
    }

    @Test
    void oneBelowAnotherAccountsFolderIsRefused() throws IOException {
        Path above = Files.createDirectory(temp.resolve("above"));
        give(above, STRANGER);
        assertRefused(above.resolve("home"), above + " belongs to the user daemon");
        assertThat(above.resolve("home")).doesNotExist();
    }

    @Test
    void aLinkToAPlaceOfOnesOwnIsFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        mode(elsewhere, "rwx------");
        Files.createSymbolicLink(temp.resolve("home"), Path.of("elsewhere"));
        assertThat(PaddockHome.under(temp.resolve("home"))
                        .cacheFolder("scripts")
                        .toRealPath())
                .isEqualTo(elsewhere.toRealPath().resolve("cache/scripts"));
    }

    @Test
    void aLinkToWhereOthersMayWriteIsRefused() throws IOException {
        Path open = Files.createDirectory(temp.resolve("open"));
        mode(open, "rwxrwxrwx");
        Files.createDirectory(open.resolve("inner"));
        Files.createSymbolicLink(temp.resolve("home"), open.resolve("inner"));
        assertRefused(temp.resolve("home"), open + " may be written to by others");
    }

    @Test
    void aLinkOfAnotherAccountIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(temp.resolve("home"), elsewhere);
        give(link, STRANGER);
        assertRefused(link, link + " belongs to the user daemon");
    }
}
