package dev.paddock.docker.build;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.Progress;
import java.util.List;
import java.util.Optional;

/** The engine that images are built with in tests; where there is none the tests are skipped, and say why. */
final class TestEngine {
    private TestEngine() {}

    static DockerConnection require() {
        try {
            return DockerConnection.open(System.getenv());
        } catch (PaddockException absent) {
            assumeTrue(false, String.valueOf(absent.getMessage()));
            throw absent;
        }
    }

    /** As the sources say now; an engine that has built that before is quick. Named apart from what users have. */
    static String image(DockerConnection engine, int major, String name, List<String> extensions) {
        DebianSuite suite = DebianSuite.withPostgres(major);
        String base = "paddock/debian:" + suite;
        try {
            engine.client().inspectImageCmd(base).exec();
        } catch (NotFoundException none) {
            assumeTrue(false, "the engine has no image " + base + "; as root: paddock image build --postgres " + major);
        }
        String reference = "paddock/test:" + name;
        return new ImageBuild(engine.client(), Progress.NONE)
                .build(PostgresImage.of(PostgresSource.parse(Integer.toString(major)))
                        .with(extensions)
                        .named(Optional.of(reference)))
                .references()
                .get(0);
    }
}
