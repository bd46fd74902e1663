package dev.paddock.docker.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images built by a real engine, of Debian's real packages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImageBuildTest {
    @SuppressWarnings("NullAway.Init")
    private DockerConnection engine;

    @SuppressWarnings("NullAway.Init")
    private String plain;

    @BeforeAll
    void build() {
        engine = TestEngine.require();
        plain = TestEngine.image(engine, 15, "15", List.of());
    }

    @AfterAll
    @SuppressWarnings("NullAway") // Absent where the tests were skipped.
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    private static PostgresImage wanted(String postgres) {
        return PostgresImage.of(PostgresSource.parse(postgres)).named(Optional.of("paddock/test:unwanted"));
    }

    private BuiltImage build(PostgresImage wanted) {
        return new ImageBuild(engine.client(), Progress.NONE).build(wanted);
    }

    private boolean exists(String image) {
        try {
            engine.client().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException none) {
            return false;
        }
    }

    @Test
    void extensionsAreReadyToBeCreated() {
        // Of a package named otherwise, of another kind of package, of one without a prefix, and of PostgreSQL's own.
        String image =
                TestEngine.image(engine, 15, "15-extensions", List.of("postgis", "plpython3u", "pg_repack", "pg_trgm"));
        try (ImageContainer container = server(image)) {
            assertThat(container.ask("CREATE EXTENSION postgis; SELECT ST_AsText(ST_Buffer(ST_Point(0, 0), 1, 1))"))
                    .startsWith("POLYGON((1 0,");
            assertThat(container.ask(
                            "CREATE EXTENSION plpython3u; CREATE FUNCTION six() RETURNS int LANGUAGE plpython3u"
                                    + " AS 'return 2 * 3'; SELECT six()"))
                    .isEqualTo("6");
            assertThat(container.ask("CREATE EXTENSION pg_repack; SELECT repack.version()"))
                    .startsWith("pg_repack 1.");
            assertThat(container.ask("CREATE EXTENSION pg_trgm; SELECT similarity('pony', 'pony')"))
                    .isEqualTo("1");
        }
    }

    @Test
    void pgvectorIsFoundByTheNameOfItsExtension() {
        try (ImageContainer container = server(TestEngine.image(engine, 18, "18-vector", List.of("vector")))) {
            assertThat(container.ask("CREATE EXTENSION vector; SELECT '[1,2]'::vector <-> '[4,6]'"))
                    .isEqualTo("5");
        }
    }

    private ImageContainer server(String image) {
        return ImageContainer.start(engine.client(), image, it -> it.withEnv("POSTGRES_PASSWORD=secret"))
                .awaitServer();
    }

    @Test
    void anImageHasTheExactVersionAsATagToo() {
        BuiltImage built = build(PostgresImage.of(PostgresSource.parse("15")));

        assertThat(built.references()).containsExactly("paddock/postgres:15", "paddock/postgres:" + built.version());
        assertThat(exists("paddock/postgres:" + built.version())).isTrue();
        assertThat(built.version().major()).isEqualTo(15);
    }

    @Test
    void whatIsBuiltAlreadyIsNotBuiltAgain() {
        String id = engine.client().inspectImageCmd(plain).exec().getId();

        assertThat(engine.client()
                        .inspectImageCmd(TestEngine.image(engine, 15, "15", List.of()))
                        .exec()
                        .getId())
                .isEqualTo(id);
    }

    @Test
    void progressIsToldInSteps() {
        Set<String> told = ConcurrentHashMap.newKeySet();

        new ImageBuild(engine.client(), (activity, done, total) -> told.add(activity + " " + (total > 1)))
                .build(wanted("15"));

        assertThat(told).contains("building paddock/test:unwanted true");
        engine.client().removeImageCmd("paddock/test:unwanted").exec();
    }

    @Test
    void aBaseOfTheUsersIsBuiltOn() {
        BuiltImage built = build(wanted("15").onBase(Optional.of("paddock/debian:bookworm")));

        assertThat(built.base()).isEqualTo("paddock/debian:bookworm");
        engine.client().removeImageCmd("paddock/test:unwanted").exec();
    }

    @ParameterizedTest
    @CsvSource({
        "postgis3, did you mean postgis-3",
        "pg_crom, did you mean cron",
        "no_such_thing_at_all, it has ",
    })
    void anUnknownExtensionIsRefusedWithWhatThereIs(String extension, String advice) {
        assertThatThrownBy(() -> build(wanted("15").with(List.of(extension))))
                .isInstanceOfSatisfying(PaddockException.class, failure -> {
                    assertThat(failure)
                            .hasMessageContaining("no package of the base's archive holds the extension " + extension
                                    + " for PostgreSQL 15");
                    assertThat(failure.hint().orElse("")).contains(advice);
                });
        assertThat(exists("paddock/test:unwanted")).isFalse();
    }

    @Test
    void aVersionThatDebianLacksIsRefusedWithTheOnesThatItHas() {
        assertThatThrownBy(() -> build(wanted("16")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("Debian has no PostgreSQL 16; it has 15 (bookworm), 17 (trixie), 18 (forky)");
        assertThatThrownBy(() -> build(wanted("16").onBase(Optional.of("paddock/debian:bookworm"))))
                .hasMessageContaining("the base's archive has no postgresql-16");
    }

    @Test
    void aBaseThatCanNotBePulledIsNamed() {
        assertThatThrownBy(() -> build(wanted("15").onBase(Optional.of("127.0.0.1:1/no/such:image"))))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("on 127.0.0.1:1/no/such:image: ")
                .hasMessageContaining("connection refused");
    }

    @Test
    void anArchiveOutOfReachIsShownWithWhatAptSays() {
        String base = "paddock/test:unreachable";
        try (ImageContainer container = ImageContainer.start(
                engine.client(),
                plain,
                it -> it.withCmd(
                        "sh",
                        "-c",
                        "rm -f /etc/apt/sources.list.d/*; "
                                + "echo 'deb http://127.0.0.1:1/debian bookworm main' > /etc/apt/sources.list"))) {
            assertThat(container.awaitEnd()).isZero();
            container.commit("paddock/test", "unreachable");
        }
        try {
            assertThatThrownBy(() -> build(wanted("15").onBase(Optional.of(base))))
                    .isInstanceOfSatisfying(PaddockException.class, failure -> {
                        assertThat(failure).hasMessageContaining("connect to 127.0.0.1:1");
                        assertThat(failure.hint().orElse("")).contains("--mirror");
                    });
        } finally {
            engine.client().removeImageCmd(base).exec();
        }
    }

    @Test
    void aBaseIsMadeByRootAloneAndAMirrorOutOfReachIsShownWithWhatDebootstrapSays() throws Exception {
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        Optional<String> mirror = Optional.of("http://127.0.0.1:1/debian");

        assertThatThrownBy(() -> build(wanted("15").fromMirror(mirror)))
                .isInstanceOfSatisfying(PaddockException.class, failure -> {
                    assertThat(failure)
                            .hasMessageContaining(root ? "Failed getting release file" : "debootstrap needs root");
                    assertThat(failure.hint().orElse("")).contains(root ? "--mirror" : "--base");
                });
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("paddock-debian")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "15.3, an image holds the newest minor release",
        "system, an image can't hold the PostgreSQL of this machine",
    })
    void onlyAMajorVersionCanBeBuilt(String version, String reason) {
        assertThatThrownBy(() -> wanted(version))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(reason);
    }
}
