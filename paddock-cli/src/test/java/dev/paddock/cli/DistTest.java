package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.cli.child.ForegroundProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code ./dist} makes, on machines that have nothing but Debian: containers of an image without Java and without Maven. */
class DistTest {
    private static final Path ROOT = PaddockCommand.ofCheckout().root();
    private static final Path DIST = ROOT.resolve("target/dist");
    private static final String IMAGE = "paddock/redis:test";

    @BeforeAll
    static void makeWhatIsInstalled() throws Exception {
        assumeTrue(Files.exists(ROOT.resolve("target/paddock/current")), "./paddock hasn't been built");
        assumeTrue(
                ForegroundProgram.find("docker").isPresent(),
                "docker, which runs the empty machines, is not installed");
        assumeTrue(
                answer(List.of("docker", "image", "inspect", IMAGE)).endsWith("exit 0"),
                "no Docker Engine has " + IMAGE + ", which the empty machines are made of");
        assertThat(answer(List.of(ROOT.resolve("dist").toString()))).endsWith("exit 0");
    }

    @Test
    void theArchiveNeedsNoJavaAndNoPlaceOfItsOwn() throws Exception {
        assertThat(onAnEmptyMachine("""
                        cd "$(mktemp -d)" && tar -xzf /dist/paddock-*.tar.gz && ! command -v java
                        mv paddock-* 'a place' && cd 'a place' && ./bin/paddock --version
                        ./bin/paddock run -- sh -c 'echo "${DATABASE_URL%%:*} $PADDOCK_SERVER"'
                        # The second start has an archive of classes.
                        ls -R lib/archives | grep -c 'embedded.jsa$'
                        """)).containsPattern("paddock \\S+\npostgresql 127.0.0.1:\\d+\n1\nexit 0$");
    }

    @Test
    void anOrdinaryUserMayUseWhatRootUnpacked() throws Exception {
        assertThat(onAnEmptyMachine("""
                        tar -C /opt -xzf /dist/paddock-*.tar.gz && ln -s /opt/paddock-*/bin/paddock /usr/local/bin/
                        mkdir -m 700 /home/user && chown 1234:1234 /home/user
                        echo 'user:x:1234:1234::/home/user:/bin/sh' >> /etc/passwd
                        setpriv --reuid=1234 --regid=1234 --clear-groups env HOME=/home/user \\
                            paddock run -- sh -c 'id -u; echo "$PGUSER"'
                        """)).endsWith("1234\npostgres\nexit 0");
    }

    @Test
    void debiansPackageBringsPagesAndCompletionAndGoesWithoutATrace() throws Exception {
        assertThat(onAnEmptyMachine("""
                        find / -xdev -path /proc -prune -o -print | sort > /tmp/before
                        dpkg --install /dist/paddock_*.deb > /dev/null && PADDOCK_HOME=/tmp/home paddock run -- true
                        # Debian's images leave out the manual when they unpack a package.
                        dpkg --listfiles paddock | grep -e man1/paddock-run -e completions/
                        ls -R /usr/lib/paddock/lib/archives | grep -c 'jsa$'
                        dpkg --purge paddock > /dev/null && rm -rf /tmp/home
                        find / -xdev -path /proc -prune -o -print | sort | diff /tmp/before - | grep -i paddock || true
                        """)).endsWith("""
                        /usr/share/bash-completion/completions/paddock
                        /usr/share/man/man1/paddock-run.1.gz
                        /usr/share/zsh/vendor-completions/_paddock
                        2
                        exit 0""");
    }

    @Test
    void everyCommandHasAPageThatNamesItsOptions() throws Exception {
        try (Stream<Path> archives = Files.list(DIST)) {
            Path archive = archives.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
            String pages = answer(List.of("tar", "-xzOf", archive.toString(), "--wildcards", "*/man1/*"));
            for (ManPage page : ManPage.all()) {
                assertThat(pages).contains(page.text().lines().skip(1).collect(Collectors.joining("\n")));
                page.grammar()
                        .options()
                        .forEach(option -> assertThat(page.text())
                                .contains("\\fB"
                                        + String.join(", ", option.names()).replace("-", "\\-")));
            }
        }
    }

    private static String onAnEmptyMachine(String script) throws Exception {
        return answer(List.of(
                "docker",
                "run",
                "--rm",
                "--network=none",
                "--volume=" + DIST + ":/dist:ro",
                "--entrypoint=sh",
                IMAGE,
                "-euc",
                script));
    }

    private static String answer(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return said + "exit " + process.exitValue();
    }
}
