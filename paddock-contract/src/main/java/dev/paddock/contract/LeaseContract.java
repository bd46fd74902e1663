package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.lease.DatabasePool;
import dev.paddock.lease.Leak;
import dev.paddock.lease.Lease;
import dev.paddock.lease.LeaseListener;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.registry.ServerRecord;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A database of one's own, whatever others do with theirs. */
public abstract class LeaseContract extends EngineContract {
    private static final int THREADS = 8;
    private static final TemplateSpec SHOP = TemplateSpec.of(ServerSpec.create())
            .with(Layer.code(
                    "shop 1",
                    database -> run(
                            database.getConnection(),
                            "CREATE TABLE item (id bigserial PRIMARY KEY, name text NOT NULL)",
                            "INSERT INTO item (name) VALUES ('chair')",
                            "ALTER DATABASE test SET search_path = public, extra",
                            "CREATE ROLE owner_of_things NOLOGIN",
                            "ALTER TABLE item OWNER TO owner_of_things")));

    /** What was reported of each holder. */
    private final Map<String, List<String>> reports = new ConcurrentHashMap<>();

    @Override
    protected final LeaseSettings leases() {
        return LeaseSettings.DEFAULT.withListener(new LeaseListener() {
            @Override
            public void connectionsLeft(String holder, List<Leak> leaks) {
                leaks.forEach(leak -> report(
                        holder,
                        leak.opened().isPresent()
                                ? List.of(leak.opened().get().getStackTrace()).toString()
                                : leak.client()));
            }

            @Override
            public void serverChanged(String holder, List<String> what) {
                what.forEach(each -> report(holder, each));
            }
        });
    }

    private void report(String holder, String what) {
        reports.computeIfAbsent(holder, each -> java.util.Collections.synchronizedList(new ArrayList<>()))
                .add(what);
    }

    private void awaitReport(String holder, String part) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(reports.getOrDefault(holder, List.of()))
                        .anySatisfy(report -> assertThat(report).contains(part)));
    }

    private DatabasePool shop() {
        return paddock.databases(SHOP);
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void run(Lease lease, String... statements) throws SQLException {
        run(lease.database().dataSource().getConnection(), statements);
    }

    private static String ask(Lease lease, String sql) throws SQLException {
        return ask(lease.database(), sql);
    }

    @Test
    void whatIsFrozenIsLentToOthers() throws Exception {
        try (Lease first = paddock.databases(SHOP).lease("first")) {
            ask(first.database(), "INSERT INTO item (name) VALUES ('table')");
            DatabasePool frozen = paddock.databases(
                    TemplateSpec.of(ServerSpec.snapshot(first.freeze().id())));
            try (Lease one = frozen.lease("one");
                    Lease another = frozen.lease("another")) {
                ask(one.database(), "DELETE FROM item");
                assertThat(ask(another.database(), "SELECT string_agg(name, ' ' ORDER BY id) FROM item"))
                        .isEqualTo("chair table");
            }
        }
    }

    @Test
    void eachHolderFindsTheTemplateAndNothingElse() throws SQLException {
        try (Lease first = shop().lease("first");
                Lease second = shop().lease("second")) {
            run(first, "INSERT INTO item (name) VALUES ('mine')");
            assertThat(ask(first, "SELECT string_agg(name, ',' ORDER BY id) FROM item"))
                    .isEqualTo("chair,mine");
            assertThat(ask(second, "SELECT string_agg(name, ',') FROM item")).isEqualTo("chair");
            assertThat(ask(second, "SELECT nextval('item_id_seq')")).isEqualTo("2");
        }
    }

    @Test
    void whatTheTemplateSaysOfItsDatabaseHoldsInEachMadeFromIt() throws SQLException {
        try (Lease lease = shop().lease("settings")) {
            assertThat(ask(lease, "SELECT tableowner FROM pg_tables WHERE tablename = 'item'"))
                    .isEqualTo("owner_of_things");
            assertThatThrownBy(() -> run(lease, "DROP ROLE owner_of_things"))
                    .hasMessageContaining("some objects depend on it");
        }
    }

    @Test
    void eightThreadsNeverMeetEachOthersChanges() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            String secret = "secret of thread " + thread;
            work.add(threads.submit(() -> useMany(secret)));
        }
        threads.shutdown();
        for (Future<Integer> each : work) {
            assertThat(each.get(5, TimeUnit.MINUTES)).isEqualTo(engine.leasesPerThread());
        }
    }

    private int useMany(String secret) throws SQLException {
        int used = 0;
        for (; used < engine.leasesPerThread(); used++) {
            try (Lease lease = shop().lease(secret);
                    Connection connection = lease.database().dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                requireUntouched(statement);
                statement.execute("INSERT INTO item (name) VALUES ('" + secret + "')");
                statement.execute("CREATE SEQUENCE mine START 42");
                statement.execute("SELECT lo_from_bytea(4242, 'large'::bytea)");
                statement.execute("CREATE SCHEMA extra");
                if (used % 25 == 0) {
                    statement.execute("CREATE ROLE visitor LOGIN");
                    statement.execute("ALTER ROLE visitor SET work_mem = '7MB'");
                    statement.execute("ALTER SYSTEM SET work_mem = '9MB'");
                }
                assertThat(cell(statement, "SELECT name FROM item WHERE id = 2"))
                        .isEqualTo(secret);
            }
        }
        return used;
    }

    private static void requireUntouched(Statement statement) throws SQLException {
        assertThat(cell(
                        statement,
                        "SELECT (SELECT string_agg(name, ',') FROM item) || ' ' || nextval('item_id_seq') - 1"
                                + " || ' ' || (SELECT count(*) FROM pg_roles WHERE rolname = 'visitor')"
                                + " || ' ' || (SELECT count(*) FROM pg_class WHERE relname = 'mine')"
                                + " || ' ' || (SELECT count(*) FROM pg_largeobject_metadata)"
                                + " || ' ' || (SELECT count(*) FROM pg_namespace WHERE nspname = 'extra')"
                                + " || ' ' || current_setting('work_mem')"))
                .isEqualTo("chair 1 0 0 0 0 4MB");
        statement.execute("ALTER SEQUENCE item_id_seq RESTART WITH 2");
    }

    private static String cell(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void rolesThatAHolderCreatesAreNoticedAndGone() throws SQLException {
        try (Lease lease = shop().lease("maker of roles")) {
            run(lease, "CREATE ROLE alice LOGIN", "CREATE ROLE bob IN ROLE alice");
        }
        awaitReport("maker of roles", "role alice (new)");
        awaitReport("maker of roles", "role bob (new)");
        for (int i = 0; i < 5; i++) {
            try (Lease lease = shop().lease("next")) {
                assertThat(ask(lease, "SELECT count(*) FROM pg_roles WHERE rolname IN ('alice', 'bob')"))
                        .isEqualTo("0");
            }
        }
    }

    @Test
    void connectionsLeftOpenAreReportedWithWhereTheyWereOpened() throws SQLException {
        Connection forgotten;
        try (Lease lease = shop().lease("forgetful")) {
            forgotten = lease.database().dataSource().getConnection();
        }
        awaitReport("forgetful", "connectionsLeftOpenAreReportedWithWhereTheyWereOpened");
        await().atMost(Duration.ofSeconds(30)).until(forgotten::isClosed);
    }

    @Test
    void connectionsLeftOpenByUrlAreReportedAndEnded() throws SQLException {
        Connection forgotten;
        try (Lease lease = shop().lease("forgetful by URL")) {
            Database database = lease.database();
            forgotten = java.sql.DriverManager.getConnection(
                    database.jdbcUrl() + "?ApplicationName=pool-of-the-test", database.user(), database.password());
        }
        awaitReport("forgetful by URL", "pool-of-the-test");
        assertThatThrownBy(() -> run(forgotten, "SELECT 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void aReturnedDatabaseIsClosedToWhoeverHadIt() throws SQLException {
        Lease lease = shop().lease("late");
        lease.close();
        assertThatThrownBy(() -> lease.database().dataSource().getConnection())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("returned");
        lease.close();
    }

    @Test
    void aHolderMayDropItsDatabase() throws SQLException {
        try (Lease lease = shop().lease("destroyer")) {
            Database postgres = Database.of(lease.database().connection().withDatabase("postgres"));
            run(
                    postgres.dataSource().getConnection(),
                    "DROP DATABASE \"" + lease.database().name() + "\" WITH (FORCE)");
        }
        requireUsable();
    }

    @Test
    void aHolderMayOpenAHundredConnections() throws SQLException {
        try (Lease lease = shop().lease("greedy")) {
            List<Connection> connections = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                connections.add(lease.database().dataSource().getConnection());
            }
            try (Lease other = shop().lease("modest")) {
                assertThat(ask(other, "SELECT 1")).isEqualTo("1");
            }
            for (Connection each : connections) {
                each.close();
            }
        }
        requireUsable();
    }

    @Test
    void aHolderMayTerminateEveryBackend() throws SQLException {
        try (Lease lease = shop().lease("terminator");
                Lease other = shop().lease("bystander");
                Connection spared = other.database().dataSource().getConnection()) {
            run(
                    lease,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                            + " AND backend_type = 'client backend'");
            assertThat(spared.isValid(5)).isTrue();
            assertThat(ask(lease, "SELECT 1")).isEqualTo("1");
        }
        requireUsable();
    }

    private void requireUsable() throws SQLException {
        for (int i = 0; i < 4; i++) {
            try (Lease lease = shop().lease("next")) {
                assertThat(ask(lease, "SELECT string_agg(name, ',') FROM item")).isEqualTo("chair");
            }
        }
    }

    @Test
    void theSharedDatabaseIsReadByAllAndWrittenByNobody() throws SQLException {
        try (Lease one = shop().shared("one");
                Lease other = shop().shared("other")) {
            assertThat(one.isReadOnly()).isTrue();
            assertThat(one.database().name()).isEqualTo(other.database().name());
            assertThat(ask(other, "SELECT name FROM item")).isEqualTo("chair");
            assertThatThrownBy(() -> run(one, "INSERT INTO item (name) VALUES ('no')"))
                    .hasMessageContaining("read-only transaction");
            assertThatThrownBy(() -> run(
                            one, "SET default_transaction_read_only = off", "INSERT INTO item (name) VALUES ('no')"))
                    .hasMessageContaining("permission denied");
        }
        try (Lease later = shop().shared("later")) {
            assertThat(ask(later, "SELECT count(*) FROM item")).isEqualTo("1");
        }
    }

    @Test
    void whoComesFirstIsServedFirst() throws Exception {
        try (Paddock small = engine.open(LeaseSettings.DEFAULT.withMost(1))) {
            DatabasePool pool = small.databases(SHOP);
            List<Integer> served = java.util.Collections.synchronizedList(new ArrayList<>());
            ExecutorService threads = Executors.newCachedThreadPool();
            List<Future<?>> waiting = new ArrayList<>();
            try (Lease held = pool.lease("first")) {
                for (int i = 0; i < 4; i++) {
                    int number = i;
                    waiting.add(threads.submit(() -> {
                        try (Lease lease = pool.lease("waiting " + number)) {
                            served.add(number);
                        }
                    }));
                    int wanted = i + 1;
                    await().until(() -> pool.waiting() == wanted);
                }
                assertThat(served).isEmpty();
            }
            for (Future<?> each : waiting) {
                each.get(60, TimeUnit.SECONDS);
            }
            threads.shutdown();
            assertThat(served).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void whoWaitsInVainIsToldWhoHoldsTheDatabases() throws SQLException {
        try (Paddock small = engine.open(LeaseSettings.DEFAULT.withMost(1).withPatience(Duration.ofMillis(300)));
                Lease held = small.databases(SHOP).lease("OrdersTest.placesAnOrder")) {
            Callable<Lease> second = () -> small.databases(SHOP).lease("second");
            assertThatThrownBy(second::call)
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("OrdersTest.placesAnOrder");
        }
    }

    @Test
    void poolsGiveUpIdleDatabasesForOneAnother() throws SQLException {
        TemplateSpec other = SHOP.with(Layer.code(
                "more", database -> run(database.getConnection(), "INSERT INTO item (name) VALUES ('table')")));
        try (Paddock small = engine.open(LeaseSettings.DEFAULT.withMost(2))) {
            for (int i = 0; i < 3; i++) {
                try (Lease lease = small.databases(SHOP).lease("one")) {
                    assertThat(ask(lease, "SELECT count(*) FROM item")).isEqualTo("1");
                }
                try (Lease lease = small.databases(other).lease("other")) {
                    assertThat(ask(lease, "SELECT count(*) FROM item")).isEqualTo("2");
                }
            }
        }
    }

    @Test
    void theServersLogOfALeaseIsItsHoldersAlone() throws SQLException {
        try (Lease lease = shop().lease("one who errs");
                Lease other = shop().lease("another")) {
            assertThatThrownBy(() -> run(lease, "SELECT * FROM no_such_table")).isInstanceOf(SQLException.class);
            assertThat(String.join("\n", lease.serverLog())).contains("no_such_table");
            assertThat(String.join("\n", other.serverLog())).doesNotContain("no_such_table");
        }
        try (Lease next = shop().lease("next")) {
            assertThat(String.join("\n", next.serverLog())).doesNotContain("no_such_table");
        }
    }

    @Test
    void aDatabaseCanBeKeptBeyondItsLease() throws SQLException {
        String name = newName("kept");
        ServerRecord kept;
        try (Lease lease = shop().lease("failing")) {
            run(lease, "INSERT INTO item (name) VALUES ('evidence')");
            kept = paddock.keep(lease, name, Duration.ofMinutes(10));
        }
        try {
            assertThat(ask(Database.of(kept.connection()), "SELECT name FROM item WHERE id = 2"))
                    .isEqualTo("evidence");
        } finally {
            paddock.down(name);
        }
    }

    @Test
    void aLeasesUntouchedOriginalIsThereToCompareWith() throws SQLException {
        try (Lease lease = shop().lease("changer")) {
            run(lease, "DELETE FROM item");
            Optional<Database> original = lease.original();
            if (original.isPresent()) {
                assertThat(ask(original.get(), "SELECT count(*) FROM item")).isEqualTo("1");
            } else {
                // Where a server is started sooner than a database is copied, the template's own is lent.
                assertThat(lease.database().name()).isEqualTo("test");
            }
        }
    }

    @Test
    void aServerOfItsOwnHasTheTemplatesDatabase() throws SQLException {
        try (PostgresServer server = paddock.start(SHOP)) {
            assertThat(ask(server, "SELECT current_database() || ' ' || name FROM item"))
                    .isEqualTo("test chair");
        }
    }

    @Test
    void closingPaddockEndsWhatIsLent() throws SQLException {
        Paddock brief = engine.open(LeaseSettings.DEFAULT);
        Lease lease = brief.databases(SHOP).lease("owner of nothing");
        Connection connection = lease.database().dataSource().getConnection();
        brief.close();
        assertThat(connection.isValid(5)).isFalse();
        lease.close();
    }
}
