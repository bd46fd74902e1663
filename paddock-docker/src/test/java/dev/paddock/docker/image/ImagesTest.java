package dev.paddock.docker.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImagesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"postgres:18", "postgres:16.4-bookworm", "library/postgres:17", "docker.io/library/postgres:17"})
    void theOfficialImageIsKnownByItsNames(String name) {
        assertThat(Images.isOfficial(name)).isTrue();
    }

    /** On a registry, names like Paddock's own can be anybody's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "paddock/postgres:18",
                "dockerxio/library/postgres:18",
                "evil/postgres:1",
                "127.0.0.1:9/postgres:1"
            })
    void noOtherImageIsTakenForIt(String name) {
        assertThat(Images.isOfficial(name)).isFalse();
    }
}
