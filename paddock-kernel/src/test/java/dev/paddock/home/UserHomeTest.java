package dev.paddock.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UserHomeTest {
    private static final Path ACCOUNT = Path.of(System.getProperty("user.home"));

    @Test
    void isWhereHomeSays() {
        assertThat(UserHome.of(Map.of("HOME", "/github/home"))).isEqualTo(Path.of("/github/home"));
    }

    @Test
    void isTheAccountsWhereHomeSaysNothing() {
        assertThat(UserHome.of(Map.of())).isEqualTo(ACCOUNT);
        assertThat(UserHome.of(Map.of("HOME", ""))).isEqualTo(ACCOUNT);
    }

    @Test
    void isRefusedOfAnAccountThatIsAMereNumber() {
        assertThatThrownBy(() -> UserHome.of(Map.of(), Path.of("?")))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("HOME is not set");
        assertThat(UserHome.of(Map.of("HOME", "/data"), Path.of("?"))).isEqualTo(Path.of("/data"));
    }

    @Test
    void cacheAndStateAreBelowHome() {
        PaddockHome named = PaddockHome.of(Map.of("HOME", "/github/home"), null);
        assertThat(named.cache()).isEqualTo(Path.of("/github/home/.cache/paddock"));
        assertThat(named.state()).isEqualTo(Path.of("/github/home/.local/state/paddock"));
        PaddockHome unnamed = PaddockHome.of(Map.of(), null);
        assertThat(unnamed.cache()).isEqualTo(ACCOUNT.resolve(".cache/paddock"));
        assertThat(unnamed.state()).isEqualTo(ACCOUNT.resolve(".local/state/paddock"));
    }

    /** Whoever else asked the JVM would be told of the account's. */
    @Test
    void nothingElseAsksForTheAccountsHome() throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of(".."), 20, (file, attributes) -> file.toString().endsWith(".java"))) {
            List<Path> asking = files.filter(file -> file.toString().contains("/src/main/"))
                    .filter(UserHomeTest::asks)
                    .toList();

            assertThat(asking).singleElement().asString().endsWith("/home/UserHome.java");
        }
    }

    private static boolean asks(Path file) {
        try {
            return Files.readString(file).contains("\"user.home\"");
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
