package dev.paddock.embedded.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.Progress;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Extensions from folders, in real servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtensionsTest {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql/15/bin");
    private static final Path HEADERS = Path.of("/usr/include/postgresql/15/server");

    private final Path shared;
    private final PaddockHome home;

    /** One cache for all, for the sake of time. */
    ExtensionsTest(@TempDir Path shared) {
        this.shared = shared;
        this.home = PaddockHome.under(shared.resolve("home"));
    }

    /** JUnit would warn of each. */
    @AfterAll
    void removeLinksThatLeadOutOfTheFolder() throws IOException {
        Sealing.awaitEnd();
        try (Stream<Path> files = Files.walk(home.cacheFolder("views"))) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @Test
    void anExtensionInCWorksWith18BySettingsAlone() throws Exception {
        Path folder = own();
        Installation installation = find("18");
        Path files = files(folder, "herd", "share/extension");
        compileHeaderless(files.resolve("lib"), 18);

        Extended extended = Extensions.in(home).apply(installation, List.of(files));

        assertThat(extended.installation()).isEqualTo(installation);
        assertThat(extended.settings()).containsOnlyKeys("extension_control_path", "dynamic_library_path");
        assertThat(SingleUser.init(extended, shared, folder).execute("CREATE EXTENSION herd", "SELECT horses()"))
                .contains("horses = \"42\"");
    }

    @Test
    void anExtensionInCWorksWithAnOlderReleaseInAViewOfIt() throws Exception {
        Path folder = own();
        Installation installation = find("16");
        Path files = files(folder, "herd", "share/extension");
        compileHeaderless(files.resolve("lib"), 16);

        Extended extended = Extensions.in(home).apply(installation, List.of(files));

        assertThat(extended.settings()).isEmpty();
        assertThat(extended.installation().id()).startsWith(installation.id() + "-with-");
        assertThat(SingleUser.init(extended, shared, folder)
                        .execute("CREATE EXTENSION herd", "SELECT horses()", "CREATE EXTENSION pg_trgm"))
                .contains("horses = \"42\"")
                .doesNotContain("ERROR");
    }

    @Test
    void anExtensionCompiledWithTheHeadersOfDebiansPostgresWorksInAViewOfIt() throws Exception {
        Path folder = own();
        assumeTrue(Files.exists(DEBIAN) && Files.exists(HEADERS), "Debian's PostgreSQL 15 with its headers");
        Map<String, FileTime> before = times(DEBIAN.resolve("../lib"));
        Installation installation = find(DEBIAN.toString());
        Path files = files(folder, "herd", "extension");
        compile(files.resolve("lib"), "-I" + HEADERS);

        Extended extended = Extensions.in(home).apply(installation, List.of(files));

        assertThat(extended.installation().bin()).startsWith(home.cache());
        assertThat(extended.installation().version()).isEqualTo(installation.version());
        assertThat(SingleUser.init(extended, shared, folder)
                        .execute("CREATE EXTENSION herd", "SELECT horses()", "CREATE EXTENSION pg_trgm"))
                .contains("horses = \"42\"")
                .doesNotContain("ERROR");
        assertThat(times(DEBIAN.resolve("../lib"))).isEqualTo(before);
    }

    @Test
    void scriptsLyingFlatInSeveralFoldersAllWork() throws Exception {
        Path folder = own();
        Extended extended = Extensions.in(home).apply(find("18"), List.of(files(folder, "foal", ""), flatHerd(folder)));

        assertThat(SingleUser.init(extended, shared, folder)
                        .execute(
                                "CREATE EXTENSION foal",
                                "SELECT foal_age()",
                                "CREATE EXTENSION herd",
                                "SELECT horses()"))
                .contains("foal_age = \"1\"")
                .contains("horses = \"42\"");
    }

    @Test
    void whatMakeInstallLeftIsRecognisedForItsMajor() throws Exception {
        Path folder = own();
        Path tree = files(folder, "foal", "usr/share/postgresql/15/extension");
        files(folder, "foal", "usr/share/postgresql/16/extension");
        Path lib = Files.createDirectories(tree.resolve("usr/lib/postgresql/15/lib"));
        Files.writeString(lib.resolve("foal.so"), "module");

        ExtensionFiles found = ExtensionFiles.in(tree, 15);

        assertThat(found.share()).containsOnlyKeys("extension/foal.control", "extension/foal--1.0.sql");
        assertThat(found.share().get("extension/foal.control"))
                .extracting(ExtensionFile::path)
                .hasToString(tree.toRealPath() + "/usr/share/postgresql/15/extension/foal.control");
        assertThat(found.lib()).containsOnlyKeys("foal.so");
    }

    @Test
    void theSameContentIsTakenOverOnceAndAChangeAnew() throws Exception {
        Path folder = own();
        Installation installation = find("18");
        Path files = files(folder, "foal", "");
        Extensions extensions = Extensions.in(home);

        Extended first = extensions.apply(installation, List.of(files));
        Extended same = extensions.apply(installation, List.of(files));
        Files.setLastModifiedTime(
                files.resolve("foal.control"), FileTime.from(Instant.now().plusSeconds(5)));
        Extended changed = extensions.apply(installation, List.of(files));

        assertThat(same).isEqualTo(first);
        assertThat(changed).isNotEqualTo(first);
    }

    @Test
    void filesOfTheSameNameSizeAndTimeAreToldApart() throws Exception {
        Path folder = own();
        Installation installation = find("18");
        Path one = files(folder, "foal", "one");
        Path two = files(folder, "foal", "two");
        FileTime when = FileTime.from(Instant.now().minusSeconds(60));
        for (Path each : List.of(one.resolve("one"), two.resolve("two"))) {
            Files.writeString(each.resolve("foal--1.0.sql"), "-- " + each.getFileName());
            try (Stream<Path> files = Files.list(each)) {
                for (Path file : files.toList()) {
                    Files.setLastModifiedTime(file, when);
                }
            }
        }
        Extensions extensions = Extensions.in(home);

        Extended first = extensions.apply(installation, List.of(one.resolve("one")));
        Extended second = extensions.apply(installation, List.of(two.resolve("two")));

        assertThat(second).isNotEqualTo(first);
        assertThat(second.tree().orElseThrow().resolve("share/extension/foal--1.0.sql"))
                .hasContent("-- two");
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsRefused() throws Exception {
        Path folder = own();
        Installation installation = find("18");
        Path files = files(folder, "foal", "");
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Path link = Files.createSymbolicLink(files.resolve("foal--notes.sql"), secret);
        Path named = files;

        assertThatThrownBy(() -> Extensions.in(home).apply(installation, List.of(named)))
                .hasMessageContaining("foal--notes.sql is a link that leads out of the folder that was named");
        Files.delete(link);
        assertThat(Extensions.in(home).apply(installation, List.of(named))).isNotNull();
    }

    @Test
    void aFolderWithoutExtensionsIsRefused() throws IOException {
        Path folder = own();
        Installation installation = find("18");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> Extensions.in(home).apply(installation, List.of(empty)))
                .hasMessage(empty + " holds no extension");
        assertThatThrownBy(() -> Extensions.in(home).apply(installation, List.of(empty.resolve("absent"))))
                .hasMessage(empty.resolve("absent") + " is not a folder");
    }

    @Test
    void withoutFoldersNothingChanges() {
        Installation installation = find("18");

        assertThat(Extensions.in(home).apply(installation, List.of()))
                .isEqualTo(new Extended(installation, Optional.empty(), Map.of()));
    }

    private Path own() throws IOException {
        return Files.createTempDirectory(shared, "test").toRealPath();
    }

    private Installation find(String version) {
        return Installations.in(home).find(PostgresSource.parse(version), Progress.NONE);
    }

    private static Path flatHerd(Path folder) throws Exception {
        Path files = files(folder, "herd", "");
        compileHeaderless(files, 18);
        return files;
    }

    /** A copy of an extension's scripts, laid out in a folder of the test's. */
    private static Path files(Path folder, String extension, String place) throws IOException, URISyntaxException {
        Path copy = folder.resolve(extension);
        Path into = Files.createDirectories(copy.resolve(place));
        for (String file : List.of(extension + ".control", extension + "--1.0.sql")) {
            Files.copy(resource(extension).resolve(file), into.resolve(file));
        }
        return copy;
    }

    private static Path resource(String extension) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ExtensionsTest.class.getResource("/extensions/" + extension))
                .toURI());
    }

    private static void compileHeaderless(Path lib, int major) throws Exception {
        compile(lib, "-DHERD_VERSION=" + major);
    }

    private static void compile(Path lib, String option) throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/gcc")), "a C compiler");
        Files.createDirectories(lib);
        List<String> command = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", option, "-o"));
        command.add(lib.resolve("herd.so").toString());
        command.add(resource("herd").resolve("herd.c").toString());
        Process compiler = new ProcessBuilder(command).inheritIO().start();
        assertThat(compiler.waitFor()).isZero();
    }

    private static Map<String, FileTime> times(Path tree) throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.toList()) {
                times.put(file.toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }
}
