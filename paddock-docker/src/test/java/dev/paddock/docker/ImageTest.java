package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.Image;
import dev.paddock.PostgresServer;
import dev.paddock.contract.LocalRegistry;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PullPolicy;
import dev.paddock.model.ServerSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that can't be used, and images that change. */
final class ImageTest extends OnDocker {
    /** What one registry was sent once, none that keeps its images here is sent again. */
    @TempDir
    static Path registries = Path.of("");

    private final List<String> images = new ArrayList<>();

    @TempDir
    Path temp = Path.of("");

    private String newImage(String name) {
        images.add("paddock-test/" + name + ":" + newName("tag"));
        return images.get(images.size() - 1);
    }

    /** Of these lines of a Dockerfile. */
    private String build(String name, String... lines) throws IOException {
        String image = newImage(name);
        Path folder = Files.createTempDirectory(temp, "build");
        Files.write(folder.resolve("Dockerfile"), List.of(lines));
        Files.writeString(folder.resolve("broken.sql"), "CREATE TABLE pony (name text);\nSELECT nonsense;\n");
        docker().buildImageCmd(folder.toFile())
                .withTags(Set.of(image))
                .exec(new BuildImageResultCallback())
                .awaitImageId();
        return image;
    }

    @AfterEach
    void removeImages() {
        for (String image : images) {
            try {
                docker().removeImageCmd(image).withForce(true).exec();
            } catch (NotFoundException none) {
                // Never made.
            }
        }
        images.clear();
    }

    private PostgresServer start(String image) {
        return paddock.start(
                ServerSpec.create().withContainer(spec().container().withImage(image)));
    }

    @Test
    void anImageThatIsNotPostgresqlIsRefused() throws Exception {
        String image = build("else", "FROM paddock/debian:bookworm");
        assertThatThrownBy(() -> start(image))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("the image " + image + " isn't one of PostgreSQL: it has no user postgres");
    }

    @Test
    void anImageIsPulledOnceWithTheCredentialsOfTheUsersHelper(@TempDir Path folder) throws Exception {
        Path helper = Files.writeString(
                folder.resolve("docker-credential-stable"),
                "#!/bin/sh\nread server\nprintf '{\"ServerURL\":\"%s\",\"Username\":\"" + LocalRegistry.USER
                        + "\",\"Secret\":\"" + LocalRegistry.PASSWORD + "\"}' \"$server\"\n");
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (LocalRegistry registry = LocalRegistry.locked(registries)) {
            String image = registry.image("team/postgres");
            push(image);
            images.add(image + ":latest");

            assertThat(pull(image, Files.createDirectory(folder.resolve("nobody"))))
                    .contains("can't pull the image " + image, "log in to its registry with: docker login");
            Path config = Files.createDirectory(folder.resolve("somebody"));
            Files.writeString(config.resolve("config.json"), "{\"credsStore\":\"stable\"}");
            assertThat(pull(image, config)).contains("pulling " + image, "15.");
            // The engine has it now, and asks nobody.
            registry.close();
            assertThat(pull(image, config)).contains("15.").doesNotContain("pulling");
        }
    }

    /** One with a layer that the engine has nowhere else, so that there is something to pull. */
    private void push(String image) throws Exception {
        String made = build("noisy", "FROM " + IMAGE, "RUN head -c 5000000 /dev/urandom > /noise");
        docker().tagImageCmd(made, image, "latest").exec();
        docker().pushImageCmd(image + ":latest")
                .withAuthConfig(
                        new AuthConfig().withUsername(LocalRegistry.USER).withPassword(LocalRegistry.PASSWORD))
                .start()
                .awaitCompletion();
        docker().removeImageCmd(image + ":latest").exec();
        docker().removeImageCmd(made).exec();
    }

    /** What a user sees who starts a server of an image with this configuration. */
    private static String pull(String image, Path config) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Puller.class.getName(),
                image);
        builder.environment().put("DOCKER_CONFIG", config.toString());
        builder.environment().merge("PATH", String.valueOf(config.getParent()), (path, first) -> first + ":" + path);
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void anImageOfAnotherArchitectureIsRefused() throws Exception {
        String image = newImage("other");
        Path archive = temp.resolve("other.tar");
        try (var made = docker().saveImageCmd("paddock/debian:bookworm").exec()) {
            Files.copy(made, archive);
        }
        ForeignArchitecture.rewrite(archive, image);
        try (var in = Files.newInputStream(archive)) {
            docker().loadImageCmd(in).exec();
        }
        assertThat(docker().inspectImageCmd(image).exec().getArch()).isEqualTo("arm64");
        assertThatThrownBy(() -> start(image))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("the image " + image + " is for arm64");
    }

    @Test
    void anImageThatIsMissingIsSaidToBeMissingAndWhy() {
        String image = "127.0.0.1:9/paddock-test/nothing:1";
        assertThatThrownBy(() -> start(image))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("can't pull the image " + image)
                .hasMessageContaining("connection refused");
        assertThatThrownBy(() -> paddock.start(ServerSpec.create()
                        .withContainer(spec().container().withImage(image).withPull(PullPolicy.NEVER))))
                .hasMessageContaining("the engine has no image " + image);
    }

    @Test
    void whatAnInitScriptOfTheImageSaysIsShown() throws Exception {
        String image = build("broken", "FROM " + IMAGE, "COPY broken.sql /docker-entrypoint-initdb.d/");
        assertThatThrownBy(() -> start(image))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("column \"nonsense\" does not exist")
                .hasMessageContaining("can't make a data directory");
        assertThat(docker().listContainersCmd()
                        .withShowAll(true)
                        .withAncestorFilter(List.of(image))
                        .exec())
                .isEmpty();
    }

    @Test
    void anInitScriptOfTheImageHasRunInEveryServer() throws Exception {
        String image = build(
                "ready",
                "FROM " + IMAGE,
                "RUN echo 'CREATE TABLE pony (name text)' > /docker-entrypoint-initdb.d/pony.sql");
        try (PostgresServer server = start(image)) {
            assertThat(ask(server, "SELECT count(*) FROM pony")).isEqualTo("0");
        }
    }

    @Test
    void dataStaysWithItsImageWhenTheTagMoves() throws Exception {
        Engines.require("paddock/postgres:18");
        String image = newImage("moving");
        String snapshot = newName("snapshot");
        tag(IMAGE, image);
        try (PostgresServer server = start(image)) {
            ask(server, "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            server.snapshot(snapshot);
        }
        tag("paddock/postgres:18", image);
        try (dev.paddock.Paddock later = Engines.storedAs("overlay", HOME)) {
            try (PostgresServer clone = later.start(ServerSpec.snapshot(snapshot))) {
                assertThat(clone.version().major()).isEqualTo(15);
                assertThat(ask(clone, "SELECT name FROM pony")).isEqualTo("Merlin");
            }
            try (PostgresServer fresh = later.start(
                    ServerSpec.create().withContainer(spec().container().withImage(image)))) {
                assertThat(fresh.version().major()).isEqualTo(18);
            }
            assertThatThrownBy(() -> later.start(ServerSpec.snapshot(snapshot)
                            .withContainer(spec().container().withImage(image))))
                    .hasMessageContaining("is PostgreSQL 15")
                    .hasMessageContaining("PostgreSQL 18");
        }
        paddock.snapshots().remove(snapshot);
    }

    @Test
    void whatIsAlwaysPulledIsTheTagsNewImageAlsoWhenTheOldOneIsKnown() throws Exception {
        try (LocalRegistry registry = LocalRegistry.open(registries)) {
            String image = registry.image("team/postgres:moving");
            ServerSpec always = ServerSpec.create()
                    .withContainer(spec().container().withImage(image).withPull(PullPolicy.ALWAYS));
            for (String edition : List.of("first", "second")) {
                release(image, edition);
                try (PostgresServer server = paddock.start(always)) {
                    assertThat(inside(server, "cat /edition")).isEqualTo(edition);
                }
            }
            release(image, "third");
            try (PostgresServer server =
                    paddock.start(always.withContainer(always.container().withPull(PullPolicy.MISSING)))) {
                assertThat(inside(server, "cat /edition"))
                        .as("of what is there already nobody asks the registry")
                        .isEqualTo("second");
            }
        }
    }

    /** To the registry only: an engine that is asked for it has to pull it. */
    private void release(String image, String edition) throws Exception {
        String made = build(edition, "FROM " + IMAGE, "RUN echo " + edition + " > /edition");
        List<String> had = docker().listImagesCmd().withReferenceFilter(image).exec().stream()
                .map(Image::getId)
                .toList();
        int colon = image.lastIndexOf(':');
        docker().tagImageCmd(made, image.substring(0, colon), image.substring(colon + 1))
                .exec();
        docker().pushImageCmd(image).start().awaitCompletion();
        docker().removeImageCmd(image).exec();
        for (String old : had) {
            docker().tagImageCmd(old, image.substring(0, colon), image.substring(colon + 1))
                    .exec();
        }
        images.add(image);
    }

    private void tag(String image, String name) {
        String[] parts = name.split(":");
        docker().tagImageCmd(image, parts[0], parts[1]).withForce(true).exec();
    }

    @Test
    void anImageMayBeNamedByItsContent() throws Exception {
        String id =
                Objects.requireNonNull(docker().inspectImageCmd(IMAGE).exec().getId());
        try (PostgresServer server = start(id)) {
            assertThat(server.version().major()).isEqualTo(15);
        }
    }
}
