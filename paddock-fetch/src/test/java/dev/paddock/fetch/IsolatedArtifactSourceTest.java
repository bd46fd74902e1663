package dev.paddock.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.artifact.ArtifactSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolatedArtifactSourceTest {
    private static final Pattern OF_LIBRARY_USERS =
            Pattern.compile(".*/(paddock-[a-z]+/target/(test-)?classes|(paddock-kernel|slf4j|jspecify)-[^/]*)");

    private final Path home;

    IsolatedArtifactSourceTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(ArtifactSource.class)).hasOnlyElementsOfType(IsolatedArtifactSource.class);
    }

    @Test
    void fetchesWhereTheClassPathHasNoResolver() throws Exception {
        assertFetches(classPathOfLibraryUsers());
    }

    @Test
    void fetchesWhereTheClassPathHasAnotherResolver() throws Exception {
        Path others = home.resolve("others");
        for (String name : new String[] {
            "org/eclipse/aether/artifact/DefaultArtifact",
            "org/apache/http/HttpHost",
            "org/apache/commons/logging/LogFactory",
            "org/apache/maven/settings/Settings"
        }) {
            Path file = others.resolve(name + ".class");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "whoever loads this fails");
        }

        assertFetches(others + File.pathSeparator + classPathOfLibraryUsers());
    }

    private void assertFetches(String classPath) throws IOException, InterruptedException {
        byte[] jar = {1, 2, 3};
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publish("thing", "1.0", jar);
            Files.createDirectories(home.resolve(".m2"));
            Files.writeString(
                    home.resolve(".m2/settings.xml"),
                    "<settings><mirrors><mirror><id>mirror</id><mirrorOf>*</mirrorOf><url>" + mirror.url()
                            + "</url></mirror></mirrors></settings>");
            Path said = home.resolve("said");

            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            classPath,
                            FetchOnce.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().put("HOME", home.toString());
            Process process = builder.start();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            Path expected = home.resolve(".m2/repository/org/example/thing/1.0/thing-1.0.jar");
            assertThat(said).hasContent(expected.toString());
            assertThat(expected).hasBinaryContent(jar);
        }
    }

    /** What those who depend on Paddock get; here too, the module's own classes aren't a jar yet. */
    private static String classPathOfLibraryUsers() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> OF_LIBRARY_USERS.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
