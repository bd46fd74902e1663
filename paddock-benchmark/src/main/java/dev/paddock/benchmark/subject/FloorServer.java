package dev.paddock.benchmark.subject;

import dev.paddock.model.PaddockException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A {@code postgres} and nothing around it. */
final class FloorServer implements RunningServer {
    private static final String READY = "database system is ready to accept connections";

    private final Process process;
    private final Path data;
    private final int port;
    private final Consumer<FloorServer> ended;

    private FloorServer(Process process, Path data, int port, Consumer<FloorServer> ended) {
        this.process = process;
        this.data = data;
        this.port = port;
        this.ended = ended;
    }

    /** Returns once the server says that it is ready: the earliest that anybody can know. */
    static FloorServer start(
            FloorKit kit, Map<String, String> settings, Path data, int port, Consumer<FloorServer> ended) {
        List<String> command = new ArrayList<>();
        if (Shell.isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + Shell.UNPRIVILEGED, "--clear-groups", "--"));
        }
        command.addAll(List.of(kit.postgres().toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        command.addAll(List.of("-c", "hba_file=" + kit.accessFile(), "-c", "log_destination=stderr"));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(kit.folder().toFile())
                    .redirectErrorStream(true)
                    .start();
            FloorServer server = new FloorServer(process, data, port, ended);
            server.awaitReady();
            return server;
        } catch (IOException failure) {
            throw new PaddockException("can't start a bare postgres: " + failure.getMessage(), failure);
        }
    }

    /** What it says later stays in the pipe, which holds more than an idle server has to say. */
    private void awaitReady() throws IOException {
        BufferedReader log = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.contains(READY)) {
                return;
            }
            said.append(System.lineSeparator()).append(line);
        }
        throw new PaddockException("a bare postgres ended before it was ready:" + said);
    }

    Path data() {
        return data;
    }

    @Override
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setUser("postgres");
        source.setDatabaseName("postgres");
        source.setSslMode("disable");
        source.setGssEncMode("disable");
        return source;
    }

    @Override
    public int port() {
        return port;
    }

    /** The quickest way to go: SIGQUIT, after which nothing is written. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                Shell.run("kill", "-s", "QUIT", Long.toString(process.pid()));
            }
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while a bare postgres was ending", interrupted);
        } finally {
            ended.accept(this);
        }
    }
}
