package dev.paddock.cli;

import dev.paddock.model.PaddockException;
import dev.paddock.server.Databases;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateDatabases;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** One more database on a running server. */
final class DatabaseCreateCommand implements Command {

    @Override
    public CommandSpec grammar() {
        Grammar grammar = Grammar.of(
                        "create",
                        "database create NAME [--template PATH]… [--on SERVER] [--as FORM]",
                        "Makes a database on a running server: from a template, built of migrations once per content and"
                                + " server; else from what the server itself was made from by up or run --template; else"
                                + " an empty one. Prints its URI.")
                .operands("1", "NAME", "What to call it.");
        return ConnectionForm.addTo(DatabaseServer.addTo(TemplateOption.addTo(grammar)))
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        String name = given.operand().orElseThrow();
        Databases.requireName(name);
        ConnectionForm form = ConnectionForm.of(given);
        List<Layer> layers = TemplateOption.layers(given);
        Access server = DatabaseServer.find(given, session);
        try (Databases databases = Databases.on(server.connection())) {
            Optional<String> template = layers.isEmpty()
                    ? databases.template()
                    : Optional.of(new TemplateDatabases(
                                    server.connection(), session.terminal().progress())
                            .get(layers, databases));
            databases.create(name, template);
            session.terminal().print(form.show(server.withDatabase(name)));
            if (!session.terminal().isDelivered()) {
                databases.drop(name);
                throw new PaddockException("standard output can't be written to, so the database was dropped again");
            }
        }
        return ExitCode.OK;
    }
}
