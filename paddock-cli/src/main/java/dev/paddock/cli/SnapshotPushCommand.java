package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.oci.PushSpec;
import dev.paddock.oci.SnapshotRegistry;
import dev.paddock.oci.image.Compression;
import dev.paddock.snapshot.Snapshot;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Puts a snapshot into a registry, as an image that runs. */
final class SnapshotPushCommand implements Command {
    static final String IMAGE = "REGISTRY/NAME:TAG";

    /** Before the name of an image of the engine at hand. */
    static final String ENGINE = "docker-daemon:";

    private static final String BASE = "--base";
    private static final String DATA_ONLY = "--data-only";
    private static final String COMPRESS = "--compress";

    @Override
    public CommandSpec grammar() {
        return Grammar.of(
                        "push",
                        "snapshot push SNAPSHOT " + IMAGE + " [options]",
                        "Pushes a snapshot to a registry, as an image that any engine runs; or into the Docker Engine at"
                                + " hand. Prints the image with its digest.")
                .operands(
                        "2",
                        Grammar.SNAPSHOT,
                        "The snapshot's name or id, and where to push it; " + ENGINE
                                + "NAME:TAG is the engine at hand.")
                .value(
                        BASE,
                        "IMAGE",
                        "Lay the data on this image of PostgreSQL: an engine's, or one in a registry (default: one of"
                                + " its version that the Docker Engine has).")
                .flag(DATA_ONLY, "Push the data alone. Paddock can pull that; no engine can run it.")
                .value(COMPRESS, "METHOD", "gzip (the default), or zstd, which Docker runs from 23 on.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        Optional<String> base = given.value(BASE);
        if (base.isPresent() && given.has(DATA_ONLY)) {
            throw new InvalidSpecException(
                    BASE + " and " + DATA_ONLY + " contradict each other", "the data alone has no base");
        }
        PushSpec spec = new PushSpec(
                given.operands().get(1),
                base,
                given.has(DATA_ONLY),
                given.value(COMPRESS).map(Compression::parse).orElse(Compression.GZIP));
        try (Paddock paddock = session.open()) {
            Snapshot snapshot = paddock.snapshots().get(given.operands().get(0));
            String image = registry(paddock, session).push(snapshot, spec);
            session.terminal().print(image);
            session.terminal().tell("pushed " + snapshot.label() + " to " + spec.to());
            return ExitCode.OK;
        }
    }

    static SnapshotRegistry registry(Paddock paddock, Session session) {
        return new SnapshotRegistry(
                session.home(),
                paddock.snapshots(),
                System.getenv(),
                session.terminal().progress());
    }
}
