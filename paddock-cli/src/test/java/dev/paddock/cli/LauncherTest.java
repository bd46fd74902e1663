package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.cli.child.ForegroundProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher at the root of the checkout; it must have been built before, for it won't be from inside of a build. */
class LauncherTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();
    private static final Path LAUNCHER = ROOT.resolve("paddock");

    private final Path folder;

    LauncherTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void worksFromAnotherFolderThroughLinks() throws Exception {
        requireBuilt();
        Path first = Files.createSymbolicLink(folder.resolve("first"), LAUNCHER);
        Path second = Files.createDirectory(folder.resolve("a folder")).resolve("second");
        Files.createSymbolicLink(second, Path.of("../").resolve(first.getFileName()));

        assertThat(answer(second.toString(), "--version")).startsWith("paddock ");
    }

    @Test
    void seesWhichStreamIsATerminal() throws Exception {
        requireBuilt();
        assumeTrue(ForegroundProgram.find("script").isPresent(), "script, which makes a terminal, is not installed");

        assertThat(answer("script", "-qec", "env -u NO_COLOR TERM=xterm '" + LAUNCHER + "' help", "/dev/null"))
                .contains("\033[");
        assertThat(answer(LAUNCHER.toString(), "help")).doesNotContain("\033[");
    }

    @Test
    void lettersBeyondAsciiNeedNoLocale() throws Exception {
        requireBuilt();
        String shown = answer(
                "env", "-u", "LANG", "LC_ALL=C", LAUNCHER.toString(), "run", "--", "sh", "-c", "echo $0 $LC_ALL", "ä€");

        assertThat(shown).isEqualTo("ä€ C\n");
        assertThat(answer("env", "-u", "LANG", "-u", "LC_ALL", LAUNCHER.toString(), "run", "--", "env"))
                .doesNotContain("LC_ALL");
    }

    @Test
    void takesTheArchiveOfClassesThatTheServersEngineNeeds() throws Exception {
        requireBuilt();
        Path servers = Files.createDirectories(folder.resolve("home/state/servers"));
        Files.writeString(servers.resolve("box.server"), "name=box\nengine=docker\n");
        Files.writeString(servers.resolve("own.server"), "name=own\nengine=embedded\n");

        assertThat(startOf("url", "box")).contains("/docker.jsa");
        assertThat(startOf("url", "own")).contains("/embedded.jsa");
        assertThat(startOf("run", "--engine", "docker", "--", "true")).contains("/docker.jsa");
    }

    /** What the launcher becomes. A program in the place of Java tells, and makes an archive, though an empty one. */
    private String startOf(String... arguments) throws IOException, InterruptedException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                for word; do
                    case $word in -XX:SharedArchiveFile=*.new) : > "${word#*=}" ;; esac
                done
                echo "$@"
                """);
        java.toFile().setExecutable(true);
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        return answer(words(
                new String[] {
                    "env",
                    "JAVA_HOME=" + folder.resolve("jdk"),
                    "PADDOCK_HOME=" + folder.resolve("home"),
                    LAUNCHER.toString()
                },
                arguments));
    }

    @Test
    void javaThatIsMissingIsExplained() throws Exception {
        assertThat(answer("env", "JAVA_HOME=/nowhere", LAUNCHER.toString(), "--version"))
                .contains("JAVA_HOME is /nowhere")
                .contains("hint: ");
        assertThat(answer("env", "-u", "JAVA_HOME", "PATH=" + folder, "/bin/sh", LAUNCHER.toString()))
                .contains("Java is not found");
    }

    @Test
    void javaThatIsTooOldIsExplained() throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.copy(Path.of("/bin/true"), java);
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");

        assertThat(answer("env", "JAVA_HOME=" + folder.resolve("jdk"), LAUNCHER.toString(), "--version"))
                .contains("Java 11.0.2")
                .contains("too old");
    }

    @Test
    void aCopyRunsItsOwnBuildAndNotTheOriginals() throws Exception {
        requireBuilt();
        Path copy = copy("--archive");
        Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        Path java = Files.writeString(folder.resolve("jdk/bin/java"), "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(answer("env", "JAVA_HOME=" + folder.resolve("jdk"), copy + "/paddock", "--version"))
                .contains(copy + "/target/paddock/app-")
                .doesNotContain(ROOT + "/target");
    }

    /** Which leaves no file as old as it was. */
    @Test
    void aCopyIsNotBuiltAnew() throws Exception {
        requireBuilt();
        Path copy = copy("--recursive");

        assertThat(answer("env", "PATH=" + pathWithoutMaven(), copy + "/paddock", "--version"))
                .matches("paddock [^\n]*\n");
    }

    @Test
    void aCheckoutThatIsMovedRunsWhereItIs() throws Exception {
        requireBuilt();
        Path moved = Files.move(copy("--archive"), folder.resolve("moved \"here\""));

        assertThat(answer("env", "PATH=" + pathWithoutMaven(), moved + "/paddock", "--version"))
                .matches("paddock [^\n]*\n");
    }

    @Test
    void aCheckoutThatNobodyCanWriteToRuns() throws Exception {
        requireBuilt();
        Path copy = copy("--archive");
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        String mount = "mount --bind \"$1\" \"$2\" && mount -o remount,bind,ro \"$2\"";
        String[] privately = {"unshare", "--user", "--map-root-user", "--mount", "sh", "-c"};
        assumeTrue(
                answer(words(privately, mount + " && echo can", "sh", copy.toString(), mounted.toString()))
                        .endsWith("can\n"),
                "this user may not mount");

        assertThat(answer(words(
                        privately,
                        mount + " && ! touch \"$2/file\" 2> /dev/null && exec \"$2/paddock\" --version",
                        "sh",
                        copy.toString(),
                        mounted.toString())))
                .matches("paddock [^\n]*\n");
    }

    @Test
    void isBuiltWithTheMavenSettingsBelowHome() throws Exception {
        requireBuilt();
        Path copy = copy("--recursive");
        Files.writeString(copy.resolve("pom.xml"), "<!-- changed -->", StandardOpenOption.APPEND);
        Path settings = Files.createDirectories(folder.resolve("a home/.m2")).resolve("settings.xml");
        Files.writeString(settings, "no settings");

        assertThat(answer("env", "HOME=" + folder.resolve("a home"), copy + "/paddock", "--version"))
                .contains("Non-parseable settings " + settings)
                .contains("hint: all of its output is in " + copy + "/target/paddock/build.log");
    }

    /** What a checkout consists of for the launcher. */
    private Path copy(String how) throws IOException, InterruptedException {
        Path copy = Files.createDirectory(folder.resolve("a copy"));
        String said = answer("sh", "-c", """
                cd "$1" || exit
                for each in pom.xml images packaging paddock-*/pom.xml paddock-*/src/main target/paddock/current target/paddock/app-*; do
                    mkdir -p "$2/$(dirname "$each")" && cp "$3" --reflink=auto "$each" "$2/$each"
                done
                cp paddock "$2/"
                """, "sh", ROOT.toString(), copy.toString(), how);
        assertThat(said).isEmpty();
        return copy;
    }

    /** One on which the first mvn fails, so that nothing can be built. */
    private String pathWithoutMaven() throws IOException {
        Path mvn = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.writeString(mvn, "#!/bin/sh\necho 'built anew'\nexit 1\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        return mvn.getParent() + ":" + System.getenv("PATH");
    }

    private static String[] words(String[] first, String... rest) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(rest)).toArray(String[]::new);
    }

    private static void requireBuilt() throws IOException, InterruptedException {
        Path current = ROOT.resolve("target/paddock/current");
        assumeTrue(Files.exists(current), "the launcher has built nothing yet; run ./paddock --version once");
        Process newer = new ProcessBuilder(
                        "sh",
                        "-c",
                        "find pom.xml paddock-*/pom.xml paddock-*/src/main -newer target/paddock/current | grep -q .")
                .directory(ROOT.toFile())
                .start();
        assumeTrue(newer.waitFor() != 0, "the launcher's build is stale; run ./paddock --version once");
    }

    /** All that a command says. */
    private String answer(String... command) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        List<String> words = new ArrayList<>(List.of(command));
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process.waitFor();
        return Files.readString(said);
    }
}
