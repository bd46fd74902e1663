package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.model.ByteSize;
import dev.paddock.snapshot.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine whose disk is full when an image is to be made of data. */
@Timeout(300)
@SuppressWarnings("NullAway.Init")
final class FullEngineTest extends OnDocker {
    private static final ByteSize ENOUGH = ByteSize.ofMegabytes(1024);

    private OwnEngine engine;

    @BeforeAll
    void startEngine() throws Exception {
        Engines.require(Cramped.SERVICE);
        engine = OwnEngine.startOnSmallDisk();
        engine.take(docker(), Large.IMAGE);
        engine.take(docker(), Cramped.SERVICE);
    }

    @AfterAll
    void stopEngine() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    /** What a program says of its attempt when the engine has so much room, which leaves the engine as it was unless it succeeds. */
    private List<String> attempt(Process program, ByteSize room) throws Exception {
        // A container that is still being removed would give back its room in the midst of it.
        Awaitility.await().until(() -> held().stream().noneMatch(each -> each.startsWith("container")));
        engine.leave(room);
        List<String> before = held();
        program.getOutputStream().write('\n');
        program.getOutputStream().flush();
        List<String> said = said(program);
        if (!said.contains("it runs")) {
            assertThat(held()).isEqualTo(before);
            assertThat(engine.left().bytes())
                    .as("what the engine has left again")
                    .isGreaterThan(room.bytes() - ByteSize.ofMegabytes(2).bytes());
        }
        return said;
    }

    /** Its containers and images, but for an image without its volume, which is there for the next attempt. */
    private List<String> held() {
        try (DockerConnection connection = engine.connect()) {
            return Stream.concat(
                            connection.client().listContainersCmd().withShowAll(true).exec().stream()
                                    .map(each -> "container " + each.getId()),
                            connection.client().listImagesCmd().withShowAll(true).exec().stream()
                                    .map(each -> "image " + Arrays.toString(each.getRepoTags())))
                    .filter(each -> !each.contains("paddock/service-base:"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> said(Process program) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader output = program.inputReader();
        for (String line = output.readLine(); line != null && !line.equals(Cramped.TRIED); line = output.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    private Process program(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Cramped.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DOCKER_HOST", engine.address());
        return builder.redirectErrorStream(true).start();
    }

    private static void end(Process program) throws Exception {
        program.getOutputStream().close();
        if (!program.waitFor(30, TimeUnit.SECONDS)) {
            program.destroyForcibly();
        }
    }

    @Test
    void anImageOfALargeSnapshotThatHasNoRoomIsToldAndLeavesNothing() throws Exception {
        Snapshot large = paddock.template(Large.TEMPLATE);
        long size = large.manifest().bytes();
        Process program = program(large.id());
        try {
            // Neither for the data on its way nor, in the second attempt, for the image of it.
            for (long room : new long[] {size / 2, size + size / 3}) {
                assertThat(attempt(program, new ByteSize(room)))
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("the engine can't make an image of the snapshot ")
                                .contains("no space left on device"))
                        .contains("look at the free space of the engine with: docker system df", "left: []");
            }
            assertThat(attempt(program, ENOUGH)).containsExactly("it runs", "left: []");
        } finally {
            end(program);
        }
    }

    @Test
    void aSnapshotOfAServiceThatHasNoRoomIsToldAndLeavesNothing() throws Exception {
        Process program = program();
        try {
            // The first is no room for what the service writes, the second none for the image of it.
            assertThat(attempt(program, ByteSize.ofMegabytes(30)))
                    .anySatisfy(line ->
                            assertThat(line).contains("restore").containsIgnoringCase("no space left on device"))
                    .contains("left: []");
            assertThat(attempt(program, ByteSize.ofMegabytes(60)))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("the engine can't make a snapshot of cache: ")
                            .contains("no space left on device"))
                    .contains("look at the free space of the engine with: docker system df", "left: []");
            assertThat(attempt(program, ENOUGH)).containsExactly("it runs", "left: []");
        } finally {
            end(program);
        }
    }
}
