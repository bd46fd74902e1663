package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.model.ExistingData;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.ServerSpec;
import dev.paddock.registry.ServerRecord;
import dev.paddock.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Keeps the data of a server, or makes new data to keep. */
final class SnapshotCreateCommand implements Command {
    private static final String FROM = "--from";

    @Override
    public CommandSpec grammar() {
        return SpecOptions.addTo(AdoptOptions.addTo(Grammar.of(
                                "create",
                                "snapshot create NAME [--from SERVER] [options]",
                                "Makes a snapshot: of a running server, of a --disk folder whose server is stopped, of data"
                                        + " that Paddock hasn't made, or a new one as the options say. Without any of them, of the running server of the same"
                                        + " name, or the only one. Prints its id.")
                        .operands("1", "NAME", "What to call it.")
                        .value(FROM, Grammar.SERVER, "The running server, or the --disk folder of a stopped one.")))
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        String name = given.operand().orElseThrow();
        Optional<String> from = given.value(FROM);
        Optional<ExistingData> existing = AdoptOptions.read(given);
        if (existing.isPresent()) {
            return adopt(existing.get(), name, from, given, session);
        }
        boolean isNew = SpecOptions.areGiven(given);
        if (isNew && from.isPresent()) {
            throw new InvalidSpecException(
                    "--from and the options of a new server contradict each other", "leave out one or the other");
        }
        WantedServer wanted = WantedServer.read(given);
        try (Paddock paddock = session.open(wanted.engine())) {
            paddock.snapshots().requireFree(name);
            Snapshot made;
            if (isNew) {
                made = kept(paddock, wanted, name);
            } else if (from.isPresent() && isFolder(from.get())) {
                made = paddock.freeze(Path.of(from.get()), name);
            } else {
                ServerRecord server = running(paddock, from, name);
                made = paddock.freeze(server.name(), name);
            }
            return told(made, name, session);
        }
    }

    /** Only one engine can, so that it needn't be named. */
    private static int adopt(
            ExistingData source, String name, Optional<String> from, Arguments given, Session session) {
        if (from.isPresent()) {
            throw new InvalidSpecException("--from and " + source + " contradict each other", "name one of them");
        }
        String engine = given.value(SpecOptions.ENGINE).orElse(SpecOptions.SERVICES_ENGINE);
        try (Paddock paddock = session.open(engine)) {
            return told(paddock.adopt(source, SpecOptions.read(given, ServerSpec.create()), name), name, session);
        }
    }

    private static int told(Snapshot made, String name, Session session) {
        session.terminal().print(made.id());
        session.terminal()
                .tell("snapshot " + name + ": PostgreSQL " + made.manifest().version() + ", "
                        + Sizes.show(made.manifest().bytes()));
        return ExitCode.OK;
    }

    private static Snapshot kept(Paddock paddock, WantedServer wanted, String name) {
        try (PostgresServer server = paddock.start(wanted.prepared(paddock).postgres())) {
            return server.snapshot(name);
        }
    }

    private static boolean isFolder(String from) {
        return from.indexOf('/') >= 0 && Files.isDirectory(Path.of(from));
    }

    private static ServerRecord running(Paddock paddock, Optional<String> from, String name) {
        if (from.isPresent()) {
            return paddock.registry().get(from.get());
        }
        List<ServerRecord> running = paddock.registry().list();
        for (ServerRecord server : running) {
            if (server.name().equals(name)) {
                return server;
            }
        }
        if (running.size() == 1) {
            return running.get(0);
        }
        throw new InvalidSpecException(
                running.isEmpty()
                        ? "no server is running to make a snapshot of"
                        : running.size() + " servers are running, and none is called " + name,
                "name one with --from, or say what to make, as in: --init dump.sql");
    }
}
