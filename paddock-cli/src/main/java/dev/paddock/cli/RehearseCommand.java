package dev.paddock.cli;

import dev.paddock.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Does what users do, unseen, so that the launcher can have the JVM write down the classes which that needs. Whatever fails
 * fails later in the user's sight.
 */
final class RehearseCommand implements Command {
    static final String NAME = ".rehearse";

    @Override
    public CommandSpec grammar() {
        return Grammar.of(NAME, NAME, "Used by the launcher.").build();
    }

    @Override
    public int run(Arguments given, Session session) {
        Dispatcher unseen = new Dispatcher(new Session(Terminal.silent(), session.home()));
        String name = "rehearsal" + ProcessHandle.current().pid();
        List<List<String>> script = List.of(
                List.of("--version"),
                List.of("run", "--ttl", "1m", "--", "true"),
                List.of("up", name, "--ttl", "1m"),
                List.of("url", name),
                List.of("ls"),
                List.of("ls", "--json"),
                List.of("database", "create", "a", "--on", name),
                List.of("database", "drop", "a", "--on", name),
                List.of("down", name),
                List.of("doctor"),
                List.of("run", "--engine", "docker", "--pull", "never", "--ttl", "1m", "--", "true"),
                List.of("snapshot", "ls"),
                List.of("run", "--postgre", "18", "--", "true"),
                List.of(CompleteCommand.NAME, "--", "run", "--s"));
        script.subList(0, 3).forEach(unseen::run);
        makeDatabase(unseen, name);
        script.subList(3, script.size()).forEach(unseen::run);
        return ExitCode.OK;
    }

    private static void makeDatabase(Dispatcher unseen, String server) {
        try {
            Path migrations = Files.createTempDirectory("paddock-rehearsal");
            Path migration = Files.writeString(migrations.resolve("V1__nothing.sql"), "SELECT 1;");
            // Once to build the template, once to find it.
            unseen.run(List.of("database", "create", "b", "--on", server, "--template", migrations.toString()));
            unseen.run(List.of("database", "create", "c", "--on", server, "--template", migrations.toString()));
            Files.delete(migration);
            Files.delete(migrations);
        } catch (IOException nowhereToWrite) {
            // Then it is slower for users, and no more than that.
        }
    }
}
