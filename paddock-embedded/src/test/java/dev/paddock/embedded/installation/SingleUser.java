package dev.paddock.embedded.installation;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A data directory and the server in single-user mode, never as root. */
final class SingleUser {
    private static final int NOBODY = 65534;

    private final Extended extended;
    private final Path data;

    private SingleUser(Extended extended, Path data) {
        this.extended = extended;
        this.data = data;
    }

    /** Runs initdb in the folder, which lies under the other; all in that is opened for another user to pass. */
    static SingleUser init(Extended extended, Path root, Path folder) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        if (isRoot()) {
            Files.setAttribute(data, "unix:uid", NOBODY);
            Files.setAttribute(data, "unix:gid", NOBODY);
            try (Stream<Path> all = Files.walk(root, 4)) {
                for (Path each : all.filter(path -> Files.isDirectory(path) && !path.endsWith("data"))
                        .toList()) {
                    Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
        run(
                List.of(
                        extended.installation().initdb().toString(),
                        "--no-sync",
                        "-U",
                        "postgres",
                        "-D",
                        data.toString()),
                "");
        return new SingleUser(extended, data);
    }

    /** What the server prints for these commands, one a line. */
    String execute(String... commands) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(extended.installation().postgres().toString(), "--single", "-D", data.toString(), "-F"));
        for (Map.Entry<String, String> setting : extended.settings().entrySet()) {
            line.add("-c");
            line.add(setting.getKey() + "=" + setting.getValue());
        }
        line.add("postgres");
        return run(line, String.join("\n", commands) + "\n");
    }

    private static String run(List<String> command, String input) throws IOException {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            line.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        line.addAll(command);
        Path output = Files.createTempFile("single-user", ".out");
        try {
            Process process = new ProcessBuilder(line)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("no end of " + line);
            }
            String said = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new IOException(line + " failed: " + said);
            }
            return said;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted", stop);
        } finally {
            Files.delete(output);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
