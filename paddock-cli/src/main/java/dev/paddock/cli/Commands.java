package dev.paddock.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** All commands by name. A command of a group has the group's name before its own, with a space between. */
final class Commands {
    /** In the order in which help shows them. */
    static final List<String> TOP = List.of(
            "run",
            "up",
            "down",
            "ls",
            "url",
            "psql",
            "logs",
            "database",
            "snapshot",
            "image",
            "export",
            "doctor",
            "completion",
            "help");

    private static final String VERSION = "--version";

    private Commands() {}

    static Optional<Command> find(String name) {
        return switch (name) {
            case "run" -> Optional.of(new RunCommand());
            case "up" -> Optional.of(new UpCommand());
            case "down" -> Optional.of(new DownCommand());
            case "ls" -> Optional.of(new LsCommand());
            case "url" -> Optional.of(new UrlCommand());
            case "psql" -> Optional.of(new PsqlCommand());
            case "logs" -> Optional.of(new LogsCommand());
            case "snapshot create" -> Optional.of(new SnapshotCreateCommand());
            case "snapshot ls" -> Optional.of(new SnapshotLsCommand());
            case "snapshot inspect" -> Optional.of(new SnapshotInspectCommand());
            case "snapshot push" -> Optional.of(new SnapshotPushCommand());
            case "snapshot pull" -> Optional.of(new SnapshotPullCommand());
            case "snapshot verify" -> Optional.of(new SnapshotVerifyCommand());
            case "snapshot rm" -> Optional.of(new SnapshotRmCommand());
            case "database create" -> Optional.of(new DatabaseCreateCommand());
            case "database drop" -> Optional.of(new DatabaseDropCommand());
            case "database ls" -> Optional.of(new DatabaseLsCommand());
            case "image build" -> Optional.of(new ImageBuildCommand());
            case "export compose" -> Optional.of(new ExportComposeCommand());
            case "export schema" -> Optional.of(new ExportSchemaCommand());
            case "doctor" -> Optional.of(new DoctorCommand());
            case "completion" -> Optional.of(new CompletionCommand());
            case "help" -> Optional.of(new HelpCommand());
            case CompleteCommand.NAME -> Optional.of(new CompleteCommand());
            case ManCommand.NAME -> Optional.of(new ManCommand());
            case RehearseCommand.NAME -> Optional.of(new RehearseCommand());
            default -> Optional.empty();
        };
    }

    /** The whole tree, for help and suggestions. */
    static CommandSpec tree() {
        CommandSpec root = Grammar.of("paddock", "COMMAND …", "Real PostgreSQL on demand.")
                .flag("-V", VERSION, "Print the version.")
                .build();
        for (String name : TOP) {
            root.addSubcommand(name, Group.find(name).map(Group::tree).orElseGet(() -> grammar(name)));
        }
        root.usageMessage()
                .footer(
                        "",
                        "Exit codes: 0, 1 failure, 2 wrong usage; run and psql exit with their command's code, 127 if it"
                                + " is not found, 126 if it can't be executed.");
        return root;
    }

    static CommandSpec grammar(String name) {
        return find(name).orElseThrow().grammar();
    }
}
