package dev.paddock.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Commands that have a first word in common.
 *
 * @param name that word
 * @param things what they are about, in the plural
 * @param summary what they do
 * @param commands their second words, in the order in which help shows them
 */
record Group(String name, String things, String summary, List<String> commands) {
    static final Group SNAPSHOT = new Group(
            "snapshot",
            "snapshots",
            "Makes, shows, verifies, shares and removes snapshots.",
            List.of("create", "ls", "inspect", "verify", "push", "pull", "rm"));
    static final Group DATABASE = new Group(
            "database",
            "databases",
            "Makes, shows and removes databases of a running server.",
            List.of("create", "drop", "ls"));
    static final Group IMAGE =
            new Group("image", "images", "Makes images of PostgreSQL for containers.", List.of("build"));
    static final Group EXPORT = new Group(
            "export",
            "paddock.yaml",
            "Writes what a paddock.yaml says for other programs.",
            List.of("compose", "schema"));
    static final List<Group> ALL = List.of(DATABASE, SNAPSHOT, IMAGE, EXPORT);

    static Optional<Group> find(String name) {
        for (Group group : ALL) {
            if (group.name.equals(name)) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    /** What comes before the name of one of its commands. */
    String prefix() {
        return name + " ";
    }

    CommandSpec tree() {
        CommandSpec tree = Grammar.of(name, prefix() + "COMMAND …", summary).build();
        for (String command : commands) {
            tree.addSubcommand(command, Commands.grammar(prefix() + command));
        }
        return tree;
    }
}
