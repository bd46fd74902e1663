package dev.paddock.embedded.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    private final Path root;

    PlatformTest(@TempDir Path root) {
        this.root = root;
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-amd64, postgres-linux-x86_64.txz",
        "Linux, aarch64, linux-arm64v8, postgres-linux-arm_64.txz",
        "Mac OS X, aarch64, darwin-arm64v8, postgres-darwin-arm_64.txz",
        "Mac OS X, x86_64, darwin-amd64, postgres-darwin-x86_64.txz",
        "Windows 11, amd64, windows-amd64, postgres-windows-x86_64.txz",
        "Windows 11, aarch64, windows-amd64, postgres-windows-x86_64.txz",
    })
    void binariesAreNamedForTheMachine(String os, String architecture, String classifier, String archive) {
        Platform platform = Platform.detect(os, architecture, root);

        assertThat(platform.classifier()).isEqualTo(classifier);
        assertThat(platform.archives()).first().isEqualTo(archive);
    }

    @ParameterizedTest
    @CsvSource({
        "amd64, ld-musl-x86_64.so.1, linux-amd64-alpine, postgres-linux-x86_64-alpine_linux.txz",
        "aarch64, ld-musl-aarch64.so.1, linux-arm64v8-alpine, postgres-linux-arm_64-alpine_linux.txz",
    })
    void aMuslLoaderAloneMeansMusl(String architecture, String loader, String classifier, String archive)
            throws IOException {
        touch("lib/" + loader);

        Platform platform = Platform.detect("Linux", architecture, root);

        assertThat(platform.classifier()).isEqualTo(classifier);
        assertThat(platform.archives()).containsExactly(archive);
    }

    @Test
    void whereBothLoadersAreTheOneOfThisProcessCounts() throws IOException {
        touch("lib/ld-musl-x86_64.so.1");
        touch("lib64/ld-linux-x86-64.so.2");
        touch("proc/self/maps");

        Files.writeString(root.resolve("proc/self/maps"), "7f00 r-xp /lib/x86_64-linux-gnu/libc.so.6\n");
        assertThat(Platform.detect("Linux", "amd64", root).libc()).isEqualTo(Platform.Libc.GLIBC);

        Files.writeString(root.resolve("proc/self/maps"), "7f00 r-xp /lib/ld-musl-x86_64.so.1\n");
        assertThat(Platform.detect("Linux", "amd64", root).libc()).isEqualTo(Platform.Libc.MUSL);
    }

    @Test
    void anotherProcessorIsToldToUseTheSystemsPostgres() {
        assertThatThrownBy(() -> Platform.detect("Linux", "riscv64", root))
                .hasMessage("there are no PostgreSQL binaries for Linux on riscv64")
                .asInstanceOf(type(PaddockException.class))
                .satisfies(failure -> assertThat(
                                failure.hint(Vocabulary.COMMAND_LINE).orElse(""))
                        .contains("--postgres system"));
    }

    private void touch(String file) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
    }
}
