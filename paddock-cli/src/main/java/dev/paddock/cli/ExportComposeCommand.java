package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.ServerSpec;
import dev.paddock.oci.PushSpec;
import dev.paddock.oci.SnapshotRegistry;
import dev.paddock.oci.image.ImageContent;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.stack.ComposeFile;
import dev.paddock.stack.PreparedImage;
import dev.paddock.stack.StackFile;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The same stack for Docker Compose. */
final class ExportComposeCommand implements Command {
    private static final String USUAL = "paddock.yaml";
    private static final String IMAGE = "--image";
    private static final String DATABASE = "postgres";
    private static final int SHORT = 12;

    @Override
    public CommandSpec grammar() {
        return Grammar.of(
                        "compose",
                        "export compose [--file paddock.yaml] [--image IMAGE]",
                        "Prints a file for Docker Compose that gives the stack of a paddock.yaml without Paddock. Put it"
                                + " beside that.")
                .value(SpecOptions.FILE, Grammar.FILE, "What to write it from (default " + USUAL + ").")
                .value(
                        IMAGE,
                        "IMAGE",
                        "Where the data of a snapshot, a template or a dump goes, which Compose can only have as an image:"
                                + " " + SnapshotPushCommand.IMAGE
                                + ", or docker-daemon:NAME:TAG (default: one in the Docker Engine at hand).")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        StackFile file = StackFile.read(Path.of(given.value(SpecOptions.FILE).orElse(USUAL)), System.getenv());
        Optional<PreparedImage> prepared = given.has(IMAGE) || ComposeFile.needsImage(file)
                ? Optional.of(prepare(file, given.value(IMAGE), session))
                : Optional.empty();
        ComposeFile compose = ComposeFile.of(file, prepared);
        session.terminal().print(compose.text().stripTrailing());
        compose.remarks().forEach(session.terminal()::tell);
        return ExitCode.OK;
    }

    private static PreparedImage prepare(StackFile file, Optional<String> image, Session session) {
        ServerSpec server = file.stack().postgres();
        // The same as the image's own, where containers run.
        try (Paddock paddock = session.open(SpecOptions.SERVICES_ENGINE)) {
            SnapshotRegistry registry = SnapshotPushCommand.registry(paddock, session);
            image.ifPresent(registry::requireWritable);
            Snapshot snapshot = paddock.template(template(file, server));
            String name = image.orElseGet(() -> SnapshotPushCommand.ENGINE + "paddock/"
                    + file.name().orElse("stack") + ":" + snapshot.id().substring(0, SHORT));
            PushSpec push = PushSpec.to(name);
            registry.push(snapshot, server.container().image().map(push::on).orElse(push));
            String called = name.startsWith(SnapshotPushCommand.ENGINE)
                    ? name.substring(SnapshotPushCommand.ENGINE.length())
                    : name;
            session.terminal()
                    .tell("PostgreSQL's data is in the image " + called
                            + (called.equals(name)
                                    ? ""
                                    : ", which this engine alone has; for others name a registry's with " + IMAGE));
            return new PreparedImage(
                    called,
                    ImageContent.DATA,
                    snapshot.manifest().user(),
                    snapshot.manifest().database());
        }
    }

    /** As a server of the file would begin: what its template makes, and then its scripts. */
    private static TemplateSpec template(StackFile file, ServerSpec server) {
        ServerSpec plain = server.withInit(List.of());
        boolean nothingElse = file.template().isEmpty() && server.snapshot().isEmpty();
        TemplateSpec template = TemplateSpec.of(
                nothingElse ? plain.withDatabase(server.database().orElse(DATABASE)) : plain);
        for (Path migrations : file.template()) {
            template = template.with(Layer.migrations(migrations));
        }
        return server.init().isEmpty() ? template : template.with(Layer.scripts(server.init()));
    }
}
