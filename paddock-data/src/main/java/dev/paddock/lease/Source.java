package dev.paddock.lease;

import dev.paddock.closing.Closer;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.template.TemplateSpec;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Where a pool's databases come from: its template, and cells that are clones of it. Thread-safe. */
final class Source {
    /** One more than PostgreSQL's default for the pool's own session, and one for a holder's that is opened ahead. */
    private static final String CONNECTIONS = "102";

    private final Servers servers;
    private final TemplateSpec spec;
    private @Nullable FutureTask<Blueprint> building;

    Source(Servers servers, TemplateSpec spec) {
        this.servers = servers;
        this.spec = spec;
    }

    /**
     * What cells are made of.
     *
     * @param cells the spec of a cell's server
     */
    record Blueprint(Snapshot template, ServerSpec cells, Costs costs) {}

    @SuppressWarnings("ReferenceEquality") // Mostly it is the same one.
    boolean isOf(TemplateSpec wanted) {
        return spec == wanted || spec.equals(wanted);
    }

    /** The template, built once; all who ask meanwhile wait. A failure is told to them and tried anew by the next. */
    Blueprint blueprint() {
        FutureTask<Blueprint> task;
        synchronized (this) {
            if (building == null) {
                building = new FutureTask<>(this::build);
            }
            task = building;
        }
        task.run();
        try {
            return task.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while building a template", interrupted);
        } catch (ExecutionException failed) {
            synchronized (this) {
                if (task.equals(building)) {
                    building = null;
                }
            }
            throw PaddockException.again(failed.getCause());
        }
    }

    private Blueprint build() {
        Snapshot template = servers.templates().get(spec);
        Snapshot start = servers.engine().multiplied(template, spec.server()).orElse(template);
        ServerSpec server = spec.server()
                .withSnapshot(start.id())
                .withDatabase(template.manifest().database());
        if (!server.settings().containsKey("max_connections")) {
            server = server.withSetting("max_connections", CONNECTIONS);
        }
        return new Blueprint(template, server, new Costs(start.manifest().copies() > 0));
    }

    Costs costs() {
        return blueprint().costs();
    }

    /** A database in a cell of its own. */
    ReadyDatabase first(BooleanSupplier ahead, int statements) {
        Blueprint blueprint = blueprint();
        long begun = System.nanoTime();
        Cell cell = Cell.of(
                servers.starter().start(blueprint.cells()), blueprint.cells().storage());
        blueprint.costs().serverTook(Duration.ofNanos(System.nanoTime() - begun));
        try {
            return next(cell, ahead.getAsBoolean(), statements);
        } catch (RuntimeException failure) {
            throw Closer.after(failure, cell::close);
        }
    }

    /** Another database of a cell. */
    ReadyDatabase next(Cell cell, boolean ahead, int statements) {
        Costs costs = costs();
        Way way = costs.way();
        long begun = System.nanoTime();
        ReadyDatabase next = ReadyDatabase.next(cell, way, ahead, statements);
        if (way == Way.CREATE_DATABASE && !ahead) {
            costs.databaseTook(Duration.ofNanos(System.nanoTime() - begun));
        }
        return next;
    }
}
