package dev.paddock.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What became of an example that was run in a folder of its own, by a user who has nothing but Paddock on the path.
 *
 * @param printed to standard output
 * @param complaints to standard error
 */
record ExampleRun(int exitCode, String printed, String complaints) {
    private static final long PATIENCE_SECONDS = 180;
    private static final List<String> OF_OUTER_SERVERS = List.of(
            "PGHOST",
            "PGPORT",
            "PGUSER",
            "PGPASSWORD",
            "PGDATABASE",
            "PGSSLMODE",
            "PGGSSENCMODE",
            "DATABASE_URL",
            "JDBC_DATABASE_URL",
            "PADDOCK_PASSWORD",
            "PADDOCK_SERVER",
            "PADDOCK_TEMPLATE",
            "NO_COLOR");

    /** @param paddock the command */
    static ExampleRun of(DocumentedExample example, Path folder, Path paddock, Path home)
            throws IOException, InterruptedException {
        if (example.language().equals("sh")) {
            Path link = Files.createSymbolicLink(folder.resolve("paddock"), paddock);
            ExampleRun run = run(List.of("sh", "-eu", "-c", example.code()), folder, home);
            Files.delete(link);
            return run;
        }
        Path source = folder.resolve("Example.java");
        Files.writeString(source, example.asJavaProgram());
        return run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString()),
                folder,
                home);
    }

    private static ExampleRun run(List<String> command, Path folder, Path home)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(home, "out", "");
        Path err = Files.createTempFile(home, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        OF_OUTER_SERVERS.forEach(environment::remove);
        environment.put("PADDOCK_HOME", home.toString());
        environment.put("PATH", folder + ":" + environment.get("PATH"));
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new ExampleRun(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
