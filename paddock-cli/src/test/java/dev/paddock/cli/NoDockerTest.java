package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.cli.child.ForegroundProgram;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users are told where no Docker Engine can be used; needs none. */
class NoDockerTest {
    private static final String[] RUN = {"run", "--engine", "docker", "--", "true"};

    private final Path folder;
    private final Cli cli;

    NoDockerTest(@TempDir Path folder) {
        this.folder = folder;
        this.cli = Cli.in(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DOCKER_HOST    | tcp://127.0.0.1:1         | no Docker Engine answers at tcp://127.0.0.1:1",
                "DOCKER_HOST    | unix:///nowhere/docker.sock | no Docker Engine answers at unix:///nowhere/docker.sock",
                "DOCKER_HOST    | ssh://host                | doesn't speak SSH",
                "DOCKER_HOST    | not an address            | which is no address",
                "DOCKER_CONTEXT | nowhere                   | there is no Docker context 'nowhere'",
            })
    void whatIsWrongIsSaidWithCodeOne(String variable, String value, String explanation) {
        Cli.Answer answer = cli.with(variable, value).run(RUN);

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .startsWith("paddock: ")
                .contains(explanation)
                .contains("\nhint: ")
                .doesNotContain("\tat ");
    }

    @Test
    void permissionDeniedIsToldFromNobodyThere() throws Exception {
        Path socket = Files.createTempDirectory("paddock").resolve("docker.sock");
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("---------"));
            cli.with("DOCKER_HOST", "unix://" + socket);

            Cli.Answer answer = cli.finish(cli.start(withoutRootsWays(), RUN), Duration.ofSeconds(60));

            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.err()).contains("permission denied").contains("the group docker");
        } finally {
            Files.delete(socket);
            Files.delete(socket.resolveSibling("").toAbsolutePath());
        }
    }

    /** Root may connect to anything unless it has lost that capability. */
    private static List<String> withoutRootsWays() {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        assumeTrue(ForegroundProgram.find("setpriv").isPresent(), "setpriv is not installed");
        return List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
    }

    @Test
    void doctorSaysWhyAndFindsTheOtherEngineWell() {
        Cli.Answer answer = cli.with("DOCKER_HOST", "tcp://127.0.0.1:1").run("doctor");

        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .containsPattern("(?s)embedded\n.*✓ storage.*\ndocker\n.*✗ docker  no Docker Engine answers at tcp");
        assertThat(cli.run("doctor", "--json").out()).contains("\"engine\" : \"docker\"", "\"available\" : false");
    }

    @Test
    void embeddedServersNeedNone() {
        cli.with("DOCKER_HOST", "tcp://127.0.0.1:1");
        try (Cli closing = cli) {
            assertThat(closing.run("up", "here").code()).isZero();
            assertThat(closing.run("ls").out()).contains("here");
        }
        assertThat(Files.exists(folder)).isTrue();
    }
}
