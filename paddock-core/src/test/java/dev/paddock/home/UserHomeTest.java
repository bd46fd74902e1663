package dev.paddock.home;

import static org.assertj.core.api.Assertions.assertThat;

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
    void cacheAndStateAreBelowHome() {
        assertThat(PaddockHome.of(Map.of("HOME", "/github/home"), null))
                .isEqualTo(new PaddockHome(
                        Path.of("/github/home/.cache/paddock"), Path.of("/github/home/.local/state/paddock")));
        assertThat(PaddockHome.of(Map.of(), null))
                .isEqualTo(new PaddockHome(ACCOUNT.resolve(".cache/paddock"), ACCOUNT.resolve(".local/state/paddock")));
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
