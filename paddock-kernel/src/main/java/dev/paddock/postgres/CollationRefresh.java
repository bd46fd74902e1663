package dev.paddock.postgres;

import dev.paddock.engine.EngineServer;
import dev.paddock.model.PaddockException;
import dev.paddock.wire.Quoted;
import dev.paddock.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares the versions of collations that a server's data was ordered by with those that its libraries have now, in each of its databases.
 * Where an index depends on one that is another, all indexes of the database are built anew; then the versions are noted.
 */
final class CollationRefresh {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TO_REBUILD = Duration.ofHours(2);
    private static final String DATABASE_DIFFERS =
            "datcollversion IS DISTINCT FROM pg_database_collation_actual_version(oid)";
    /** Before 15 no version was noted: then any order but that of code points counts as another. */
    private static final String DATABASE_MAY_DIFFER = "datcollate !~* '^(C|POSIX)(\\.|$)'";

    private static final String DIFFERS = "collversion IS DISTINCT FROM pg_collation_actual_version(oid)";

    private final EngineServer server;
    private final boolean notesVersions;

    CollationRefresh(EngineServer server) {
        this.server = server;
        this.notesVersions = server.version().major() >= 15;
    }

    private record Entry(String name, boolean open, boolean differs) {}

    /** @return whether anything was changed */
    boolean run() {
        boolean changed = false;
        try (WireConnection control = connect(EngineServer.MAINTENANCE)) {
            for (Entry database : databases(control)) {
                changed |= refresh(control, database);
            }
            if (notesVersions) {
                // ALTER DATABASE … REFRESH COLLATION VERSION would refuse to go to or from none at all.
                changed |= count(
                                control,
                                "UPDATE pg_database SET datcollversion = pg_database_collation_actual_version(oid)"
                                        + " WHERE " + DATABASE_DIFFERS + " RETURNING 1")
                        > 0;
            }
            if (changed) {
                // Leaves one segment of WAL with next to nothing in it.
                control.execute("SELECT pg_switch_wal()");
            }
        }
        return changed;
    }

    private List<Entry> databases(WireConnection control) {
        List<Entry> found = new ArrayList<>();
        for (List<Optional<String>> row : control.query("SELECT datname, datallowconn, "
                + (notesVersions ? DATABASE_DIFFERS : DATABASE_MAY_DIFFER) + " FROM pg_database ORDER BY oid")) {
            found.add(new Entry(row.get(0).orElseThrow(), isTrue(row.get(1)), isTrue(row.get(2))));
        }
        return found;
    }

    private boolean refresh(WireConnection control, Entry database) {
        if (!database.open()) {
            allowConnections(control, database, true);
        }
        try (WireConnection session = connect(database.name())) {
            String used = "SELECT oid FROM pg_collation WHERE " + DIFFERS
                    + " AND oid IN (SELECT refobjid FROM pg_depend WHERE refclassid = 'pg_collation'::regclass)";
            boolean rebuild = database.differs() || count(session, used) > 0;
            if (rebuild) {
                requireNoRanges(session, database, used);
                session.execute("REINDEX DATABASE " + Quoted.identifier(database.name()), TO_REBUILD);
            }
            int noted = count(
                    session,
                    "UPDATE pg_collation SET collversion = pg_collation_actual_version(oid) WHERE " + DIFFERS
                            + " RETURNING 1");
            return rebuild || noted > 0;
        } finally {
            if (!database.open()) {
                allowConnections(control, database, false);
            }
        }
    }

    private static void allowConnections(WireConnection control, Entry database, boolean allowed) {
        control.execute("ALTER DATABASE " + Quoted.identifier(database.name()) + " ALLOW_CONNECTIONS " + allowed);
    }

    /** A row may be in the wrong partition then, and no index can mend that. */
    private static void requireNoRanges(WireConnection session, Entry database, String used) {
        List<List<Optional<String>>> tables = session.query("SELECT DISTINCT partrelid::regclass FROM"
                + " pg_partitioned_table, unnest(partcollation) AS bound (collation_oid) WHERE partstrat = 'r' AND"
                + " (collation_oid IN (" + used + ")"
                + (database.differs() ? " OR collation_oid = 'pg_catalog.\"default\"'::regcollation" : "") + ")");
        if (!tables.isEmpty()) {
            throw new PaddockException(
                    "the partitions of " + tables.get(0).get(0).orElse("a table") + " in the database "
                            + database.name() + " are ranges of text, whose order may be another there",
                    "restore a dump of it there, and make a snapshot of that");
        }
    }

    private WireConnection connect(String database) {
        return server.control(database, PATIENCE);
    }

    private static int count(WireConnection session, String query) {
        return session.query(query).size();
    }

    private static boolean isTrue(Optional<String> cell) {
        return cell.equals(Optional.of("t"));
    }
}
