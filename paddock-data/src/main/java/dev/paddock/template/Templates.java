package dev.paddock.template;

import dev.paddock.content.ContentDigest;
import dev.paddock.database.Database;
import dev.paddock.engine.Engine;
import dev.paddock.model.ByteSize;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.OwnFiles;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.postgres.OwnConfiguration;
import dev.paddock.server.OwnersWayIn;
import dev.paddock.server.ServerStarter;
import dev.paddock.server.StartedServer;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Retention;
import dev.paddock.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Finds the snapshot of a template, or builds it: each layer on a server of its own, which then becomes the snapshot. Of all who
 * want the same one at the same time, in whatever process, one builds. A failure is told to who waited and remembered by nobody.
 * Thread-safe.
 */
public final class Templates {
    /** A limit, nothing that is set aside: a template may be larger than what a test may write. */
    private static final Storage ROOM = new Storage.InMemory(ByteSize.ofMegabytes(64 * 1024), false);

    private final Engine engine;
    private final ServerStarter starter;
    private final Progress progress;

    /** @param starter of servers of that engine */
    public Templates(Engine engine, ServerStarter starter, Progress progress) {
        this.engine = engine;
        this.starter = starter;
        this.progress = progress;
    }

    /** @throws dev.paddock.model.PaddockException if a layer can't be read or applied */
    public Snapshot get(TemplateSpec spec) {
        Snapshot base = engine.origin(spec.server());
        ServerSpec server = spec.server().withDatabase(database(spec.server(), base.manifest()));
        if (isTemplateAlready(spec, server, base)) {
            return base;
        }
        List<String> keys = keys(spec, server, base);
        return layered(spec, server, base, keys, keys.size() - 1);
    }

    /** A snapshot that is to be lent as it is. */
    private static boolean isTemplateAlready(TemplateSpec spec, ServerSpec server, Snapshot base) {
        Manifest facts = base.manifest();
        return spec.layers().isEmpty()
                && facts.kind() != Kind.EMPTY
                && server.database().equals(Optional.of(facts.database()))
                && server.user().orElse(facts.user()).equals(facts.user());
    }

    private static String database(ServerSpec server, Manifest base) {
        boolean nothingInIt = base.kind() == Kind.EMPTY;
        return server.database().orElse(nothingInIt ? TemplateSpec.DATABASE : base.database());
    }

    /** Of all that makes a difference: first before any layer, then with each. */
    private static List<String> keys(TemplateSpec spec, ServerSpec server, Snapshot base) {
        String key = String.join(
                "\n",
                "template 1",
                base.id(),
                server.user().orElse(""),
                server.database().orElse(""),
                server.settings().toString() + ownSettings(server),
                server.tuning().toString(),
                server.extensions().toString()
                        + server.container().image().map(image -> "\n" + image).orElse(""));
        List<String> keys = new ArrayList<>(List.of(key));
        for (Layer layer : spec.layers()) {
            key = ContentDigest.of(key, layer.key());
            keys.add(key);
        }
        return keys;
    }

    private Snapshot layered(TemplateSpec spec, ServerSpec server, Snapshot base, List<String> keys, int last) {
        return engine.snapshots().soundByKey(keys.get(last), () -> {
            if (last == 0) {
                return build(server, base, "an empty database", nothing -> {});
            }
            Snapshot parent = last == 1 ? base : layered(spec, server, base, keys, last - 1);
            Layer layer = spec.layers().get(last - 1);
            Unchanged unchanged = new Unchanged(
                    List.of(layer),
                    () -> ContentDigest.of(keys.get(last - 1), layer.key()).equals(keys.get(last)));
            return build(
                    server, parent, layer.description(), target -> unchanged.whileDoing(() -> layer.apply(target)));
        });
    }

    private static String ownSettings(ServerSpec server) {
        List<String> lines = OwnConfiguration.read(
                        OwnFiles.NONE.withSettings(server.files().settings()))
                .settings();
        return lines.isEmpty() ? "" : "\n" + String.join("\n", lines);
    }

    /** Without what is promised to the clients of the servers to come: their port, their password, their time. */
    private static ServerSpec building(ServerSpec server) {
        return new ServerSpec(
                server.postgres(),
                server.snapshot(),
                server.format(),
                server.user(),
                Optional.empty(),
                server.database(),
                OptionalInt.empty(),
                server.settings(),
                server.tuning(),
                ROOM,
                server.init(),
                OwnFiles.NONE.withSettings(server.files().settings()),
                server.extensions(),
                Optional.empty(),
                server.startTimeout(),
                building(server.container()));
    }

    /** Whoever makes the cache larger looks after its size; a template is no worse where that can't be done. */
    private void tidyUp() {
        try {
            engine.snapshots().evict(Retention.ofUser());
        } catch (PaddockException failure) {
            LoggerFactory.getLogger(Templates.class).warn("{}", failure.getMessage());
        }
    }

    private static ContainerSpec building(ContainerSpec container) {
        ContainerSpec plain =
                container.image().map(ContainerSpec.DEFAULT::withImage).orElse(ContainerSpec.DEFAULT);
        return container.sharedMemory().map(plain::withSharedMemory).orElse(plain);
    }

    private Snapshot build(ServerSpec server, Snapshot parent, String what, Consumer<LayerTarget> layer) {
        long begun = System.nanoTime();
        StartedServer started =
                starter.start(building(server).withSnapshot(parent.id())).release();
        try {
            Database database = Database.of(started.connection());
            layer.accept(
                    new LayerTarget(database, new OwnersWayIn(started.engineServer(), started.connection()), progress));
            Snapshot made = started.engineServer()
                    .shutDown(new Label(Kind.TEMPLATE, Optional.empty(), database.user(), database.name()));
            LoggerFactory.getLogger(Templates.class)
                    .info("built the template of {} in {} ms", what, (System.nanoTime() - begun) / 1_000_000);
            tidyUp();
            return made;
        } finally {
            started.engineServer().close();
        }
    }
}
