package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.paddock.PostgresServer;
import dev.paddock.docker.container.Handle;
import dev.paddock.engine.EngineServer;
import dev.paddock.model.PaddockException;
import dev.paddock.registry.ServerRecord;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import dev.paddock.wire.Login;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a superuser of a server, who may run any program in its container, can do to files and sockets of the host by what the two share. Each attack
 * is made in every folder of Paddock's that the container sees.
 */
final class HostileServerTest extends OnDocker {
    private static final String FOLDERS = "/run/paddock /run/paddock-shared /run/paddock-config";
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private Path outside;
    private Path secret;

    @SuppressWarnings("NullAway.Init")
    HostileServerTest() {}

    @BeforeEach
    void keepASecret(@TempDir Path folder) throws IOException {
        outside = folder;
        secret = Files.writeString(outside.resolve("secret"), "the secret of the host\n");
        Files.setPosixFilePermissions(secret, PRIVATE);
    }

    /** What runs in the container when a script does this, for each folder in {@code $d}. */
    private static String program(String eachFolder) {
        return "for d in " + FOLDERS + "; do cd $d 2> /dev/null && { " + eachFolder + "; }; done; true";
    }

    private static String sql(String program) {
        return "COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; " + program.replace("'", "''") + "'";
    }

    /** Goes on until the container ends, whatever becomes of the server. */
    private static String forEver(String program) {
        return "nohup setsid sh -c '(while :; do " + program
                + "; done) > /dev/null 2>&1 < /dev/null &' > /dev/null 2>&1";
    }

    private Path script(String program) throws IOException {
        return Files.writeString(
                outside.resolve("attack.sql"), sql(program) + ";\nCREATE TABLE pony AS SELECT 1 AS id;\n");
    }

    private void assertThatTheHostIsUntouched(Path folder) throws IOException {
        assertThat(secret).hasContent("the secret of the host\n");
        assertThat(Files.getPosixFilePermissions(secret)).isEqualTo(PRIVATE);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aLinkInPlaceOfTheLogShowsNothingOfTheHost() throws Exception {
        try (PostgresServer server = paddock.start(spec())) {
            ask(server, sql(program("rm -f log output; ln -s " + secret + " log; ln -s " + secret + " output")));
            ask(server, "DO $$ BEGIN RAISE LOG 'written after the attack'; END $$");
            assertThat(String.join("\n", server.lastLogLines(100)))
                    .doesNotContain("the secret")
                    .contains("written after the attack");
        }
    }

    @Test
    void linksInPlaceOfWhatTheHostReadsAndWritesLeadNowhere() throws Exception {
        Path folder = Files.createDirectory(outside.resolve("folder"));
        String links =
                "ln -sfn " + folder + " data; for f in hold data.tar room ended hosts manifest.properties; do ln -sf "
                        + secret + " $f; done";
        TemplateSpec template = TemplateSpec.of(spec()).with(Layer.scripts(List.of(script(forEver(program(links))))));
        try (PostgresServer server = paddock.start(template)) {
            assertThat(server.isAlive()).isTrue();
        } catch (PaddockException refused) {
            assertThat(refused).hasMessageMatching("(?s).*(container|to take the data of a server).*");
        }
        assertThatTheHostIsUntouched(folder);
    }

    @Test
    void aSnapshotOfAServerThatExchangesFilesHoldsNothingOfTheHost() throws Exception {
        Path folder = Files.createDirectory(outside.resolve("folder"));
        String name = newName("hostile");
        try (PostgresServer server = paddock.start(spec())) {
            ask(
                    server,
                    sql(program(
                            "ln -sfn " + folder + " data; ln -s " + secret + " data.tar; ln -s " + secret + " hold")));
            server.snapshot(name);
            assertThatTheHostIsUntouched(folder);
            try (PostgresServer clone = paddock.start(dev.paddock.model.ServerSpec.snapshot(name))) {
                assertThat(ask(clone, "SELECT 1")).isEqualTo("1");
            }
        } finally {
            paddock.snapshots().remove(name);
        }
    }

    @Test
    void aLinkInPlaceOfTheSocketLeadsToNoOtherServer() throws Exception {
        Path socket = outside.resolve("s");
        String name = newName("led-astray");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                PostgresServer server = paddock.start(spec())) {
            other.bind(UnixDomainSocketAddress.of(socket));
            CompletableFuture<Boolean> led = CompletableFuture.supplyAsync(() -> isReached(other));
            String port = ask(server, "SHOW port");
            ask(server, sql(program("rm -f .s.PGSQL." + port + "; ln -s " + socket + " .s.PGSQL." + port)));
            assertThatCode(() -> server.snapshot(name)).doesNotThrowAnyException();
            other.close();
            assertThat(led.join())
                    .as("a connection to a server that isn't Paddock's")
                    .isFalse();
        } finally {
            if (paddock.snapshots().find(name).isPresent()) {
                paddock.snapshots().remove(name);
            }
        }
    }

    /** Whoever comes is sent away, before the channel is closed. */
    private static boolean isReached(ServerSocketChannel channel) {
        try (SocketChannel visitor = channel.accept()) {
            return visitor != null;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void aPipeInPlaceOfAnAnswerKeepsNobodyWaiting() throws Exception {
        try (EngineServer server = paddock.engine().start(spec())) {
            try (var control = server.connect(Login.of("postgres", "postgres"), Duration.ofSeconds(10))) {
                control.execute(sql(forEver(program("rm -f room; mkfifo room"))));
            }
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                for (int attempt = 0; attempt < 20; attempt++) {
                    try {
                        server.storageLeft();
                    } catch (PaddockException untold) {
                        assertThat(untold).hasMessageContaining("container");
                    }
                }
            });
        }
    }

    @Test
    void aServerThatSaysItHasEndedEndsNevertheless() throws Exception {
        PostgresServer server = paddock.start(spec());
        String container = server.identity();
        ask(server, sql(program("echo > ended")));
        server.close();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(exists(container)).isFalse());
    }

    /** Whoever runs Paddock is seldom root, and can't remove a folder that another account has closed. */
    @Test
    void closedFoldersInWhatIsSharedGoWithTheirServer() throws Exception {
        ServerRecord server = paddock.up(Optional.of(newName("closing")), spec());
        try {
            Handle handle = new Handle(server.handle());
            try (var control =
                    paddock.attach(server).connect(Login.of("postgres", "postgres"), Duration.ofSeconds(10))) {
                control.execute(sql(program("mkdir -p closed/inner .hidden; echo > closed/inner/file; ln -s " + outside
                        + " closed/link; ln -s " + outside + " link; chmod 0 closed/inner closed .hidden")));
            }
            Path folder = Path.of(handle.fact("folder"));
            assertThat(folder.resolve("shared/closed")).exists();
            assertThat(folder.resolve("inside/.hidden")).exists();
            docker().stopContainerCmd(handle.fact("container")).withTimeout(30).exec();
            for (String shared : List.of("shared", "inside")) {
                try (Stream<Path> left = Files.list(folder.resolve(shared))) {
                    assertThat(left.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)))
                            .isEmpty();
                }
            }
            assertThat(folder.resolve("shared/ended")).exists();
            assertThat(secret).hasContent("the secret of the host\n");
        } finally {
            paddock.down(server.name());
        }
    }

    @Test
    void whatTheHostWritesTheContainerOnlyReads() throws Exception {
        try (PostgresServer server = paddock.start(spec())) {
            String config = ask(server, "SHOW config_file");
            assertThatCode(() -> ask(server, sql("echo > " + config)))
                    .hasMessageContaining("program")
                    .isInstanceOf(java.sql.SQLException.class);
            assertThat(inside(server, "ls -A " + Path.of(config).getParent())
                            .lines()
                            .toList())
                    .isEqualTo(List.of("pg_hba.conf", "postgresql.conf"));
        }
    }
}
