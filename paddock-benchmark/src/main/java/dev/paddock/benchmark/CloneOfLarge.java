package dev.paddock.benchmark;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.benchmark.footprint.Footprint;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.report.Unit;
import dev.paddock.benchmark.subject.Subjects;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** A clone of a snapshot of 5 GB, in turns with a clone of an empty one: its start, and what it takes of its own. */
record CloneOfLarge(int rounds) implements Measurement<Subjects> {
    private static final String LARGE = "clone_5gb";
    private static final String EMPTY = "clone_empty";
    private static final String STORAGE = "clone_5gb_private_bytes";
    private static final long NEEDED = 10L << 30;
    private static final int PAGES = 5 * 131_072;

    @Override
    public Set<String> metrics() {
        return Set.of(LARGE, EMPTY, STORAGE);
    }

    @Override
    public void run(Subjects subjects, Turns turns, Recorder recorder) {
        if (Machine.memory("MemAvailable").orElse(0) < NEEDED) {
            turns.skip(LARGE, "it takes " + Unit.BYTES.format(NEEDED) + " of free memory to make the snapshot");
            return;
        }
        turns.note(LARGE + ": making the snapshot");
        Paddock paddock = subjects.paddock();
        String name = "benchmark-5gb-" + ProcessHandle.current().pid();
        try {
            Ballast.snapshot(paddock, PAGES, name);
            turns.note(LARGE + ": " + rounds + " turns");
            ServerSpec large = ServerSpec.snapshot(name);
            recorder.discarding(() -> round(paddock, large, recorder));
            for (int round = 0; round < rounds; round++) {
                round(paddock, large, recorder);
            }
        } finally {
            paddock.snapshots().find(name).ifPresent(made -> paddock.snapshots().remove(name));
        }
    }

    private static void round(Paddock paddock, ServerSpec large, Recorder recorder) {
        clone(paddock, ServerSpec.postgres("18"), EMPTY, recorder);
        clone(paddock, large, LARGE, recorder);
    }

    private static void clone(Paddock paddock, ServerSpec spec, String metric, Recorder recorder) {
        Stopwatch starting = Stopwatch.started();
        try (PostgresServer server = paddock.start(spec)) {
            ask(server, "SELECT 1");
            recorder.time(metric, "paddock", starting.read());
            if (metric.equals(LARGE)) {
                long pages = ask(server, "SELECT pg_relation_size('ballast') / 8192");
                if (pages < PAGES) {
                    throw new PaddockException("the clone holds " + pages + " pages, not " + PAGES);
                }
                Footprint footprint = Footprint.of(List.of(server.port()), List.of());
                recorder.add(STORAGE, "paddock", Unit.BYTES, footprint.storage().get(0));
            }
        } catch (SQLException failure) {
            throw new PaddockException("a clone doesn't answer: " + failure.getMessage(), failure);
        }
    }

    private static long ask(PostgresServer server, String query) throws SQLException {
        try (Connection connection = server.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
