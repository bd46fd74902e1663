package dev.paddock.lease;

import dev.paddock.wire.WireConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a server has beside the content of its databases: each thing's name with its version, by which a change shows. Immutable.
 */
record ServerWide(Map<String, String> things) {
    // The transaction that wrote a row tells whether it is still the same row. One query, for it runs after each lease.
    private static final String QUERY = """
            SELECT 'role ' || rolname, xmin::text FROM pg_authid
            UNION ALL SELECT 'membership of ' || member::regrole || ' in ' || roleid::regrole, xmin::text FROM pg_auth_members
            UNION ALL SELECT 'database ' || datname, xmin::text FROM pg_database
            UNION ALL SELECT 'settings of ' || coalesce(nullif(setrole, 0)::regrole::text, 'all roles') || ' in '
                || coalesce((SELECT datname FROM pg_database d WHERE d.oid = setdatabase), 'all databases'), xmin::text
                FROM pg_db_role_setting
            UNION ALL SELECT 'tablespace ' || spcname, xmin::text FROM pg_tablespace
            UNION ALL SELECT 'replication slot ' || slot_name, '' FROM pg_replication_slots
            UNION ALL SELECT 'subscription ' || subname, xmin::text FROM pg_subscription
            UNION ALL SELECT 'prepared transaction ' || gid, '' FROM pg_prepared_xacts
            UNION ALL SELECT 'settings by ALTER SYSTEM',
                (SELECT modification::text FROM pg_stat_file('postgresql.auto.conf', true))
            """;

    ServerWide {
        things = Map.copyOf(things);
    }

    static ServerWide of(WireConnection control) {
        Map<String, String> things = new HashMap<>();
        for (List<Optional<String>> row : control.query(QUERY)) {
            things.put(row.get(0).orElse(""), row.get(1).orElse(""));
        }
        return new ServerWide(things);
    }

    /** What is new, gone or changed since, apart from {@code expected}. */
    List<String> changesTo(ServerWide later, Set<String> expected) {
        List<String> changes = new ArrayList<>();
        later.things.forEach((thing, version) -> {
            String before = things.get(thing);
            if (before == null) {
                changes.add(thing + " (new)");
            } else if (!before.equals(version) && !expected.contains(thing)) {
                changes.add(thing + " (changed)");
            }
        });
        for (String thing : things.keySet()) {
            if (!later.things.containsKey(thing) && !expected.contains(thing)) {
                changes.add(thing + " (removed)");
            }
        }
        changes.sort(null);
        return changes;
    }
}
