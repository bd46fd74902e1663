package dev.paddock.cli;

import dev.paddock.docker.build.BuiltImage;
import dev.paddock.docker.build.ImageBuild;
import dev.paddock.docker.build.PostgresImage;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.model.Durations;
import dev.paddock.model.PostgresSource;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** Makes an image of PostgreSQL where there is no registry to pull one from, or with what none there has. */
final class ImageBuildCommand implements Command {
    private static final String POSTGRES = "--postgres";
    private static final String WITH = "--with";
    private static final String BASE = "--base";
    private static final String TAG = "--tag";
    private static final String MIRROR = "--mirror";
    private static final String FRESH = "--fresh";

    @Override
    public CommandSpec grammar() {
        return Grammar.of(
                        "build",
                        "image build [--postgres VERSION] [--with EXTENSION]… [options]",
                        "Builds an image of PostgreSQL from Debian's packages that follows the contract of the official"
                                + " image, and prints its name. No registry is needed.")
                .value(POSTGRES, "VERSION", "The major version (default " + PostgresSource.NEWEST + ").")
                .values(
                        WITH,
                        "1",
                        "EXTENSION",
                        "An extension to put into it, such as postgis; more than once for more.")
                .value(BASE, "IMAGE", "The image to build on; otherwise a Debian that is made here, as root.")
                .value(TAG, "NAME[:TAG]", "What to call it (default paddock/postgres:VERSION, major and exact).")
                .value(MIRROR, "URL", "Where the archive of Debian is, for the base that is made here.")
                .flag(FRESH, "Use nothing of earlier builds, so that all packages are the newest.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        PostgresImage wanted = PostgresImage.of(
                        PostgresSource.parse(given.value(POSTGRES).orElse(Integer.toString(PostgresSource.NEWEST))))
                .with(given.values(WITH))
                .onBase(given.value(BASE))
                .named(given.value(TAG))
                .fromMirror(given.value(MIRROR))
                .fresh(given.has(FRESH));
        long begin = System.nanoTime();
        try (DockerConnection engine = DockerConnection.open(System.getenv())) {
            BuiltImage built =
                    new ImageBuild(engine.client(), session.terminal().progress()).build(wanted);
            session.terminal().print(built.references().get(0));
            session.terminal()
                    .tell("image " + String.join(", ", built.references()) + ": PostgreSQL " + built.version() + " on "
                            + built.base() + ", " + Sizes.show(built.size().bytes()) + ", in "
                            + Durations.show(Duration.ofNanos(System.nanoTime() - begin)));
            return ExitCode.OK;
        }
    }
}
