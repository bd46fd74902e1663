package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.PostgresServer;
import dev.paddock.evidence.LoggedStatement;
import dev.paddock.evidence.StatementLog;
import dev.paddock.model.ServerSpec;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PGobject;
import org.postgresql.util.PSQLException;

/** What a log remembers of the connections it observes, and that nobody else notices it. */
public abstract class StatementLogContract extends EngineContract {
    private PostgresServer server;

    @SuppressWarnings("NullAway.Init")
    protected StatementLogContract() {}

    @BeforeAll
    final void startServer() throws SQLException {
        server = paddock.start(ServerSpec.create());
        ask(server, "CREATE TABLE item (id int PRIMARY KEY, name text, made timestamptz DEFAULT now())");
    }

    @AfterAll
    final void stopServer() {
        server.close();
    }

    private Connection observed(StatementLog log) throws SQLException {
        return log.observe(server.database().dataSource().getConnection());
    }

    private static LoggedStatement last(StatementLog log) {
        List<LoggedStatement> entries = log.entries();
        return entries.get(entries.size() - 1);
    }

    @Test
    void remembersStatementsWithTheRowsTheyChanged() throws Exception {
        StatementLog log = new StatementLog(10);
        try (Connection connection = observed(log);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO item VALUES (101, 'a'), (102, 'b')");
            statement.execute("DELETE FROM item WHERE id IN (101, 102)");
            statement.executeQuery("SELECT * FROM item WHERE id = 101");
            statement.execute("SELECT 1");
        }
        assertThat(log.entries())
                .extracting(LoggedStatement::sql)
                .containsExactly(
                        "INSERT INTO item VALUES (101, 'a'), (102, 'b')",
                        "DELETE FROM item WHERE id IN (101, 102)",
                        "SELECT * FROM item WHERE id = 101",
                        "SELECT 1");
        assertThat(log.entries())
                .extracting(each -> each.rows().orElse(-1))
                .as("of a query is only known whether it found nothing")
                .containsExactly(2L, 2L, 0L, -1L);
        assertThat(log.entries()).allSatisfy(each -> {
            assertThat(each.took()).isPositive();
            assertThat(each.failure()).isEmpty();
            assertThat(each.connection()).isEqualTo(1);
        });
        assertThat(log.entries()).isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
    }

    @Test
    void tellsParametersAsSqlWritesThem() throws Exception {
        StatementLog log = new StatementLog(10);
        UUID uuid = UUID.randomUUID();
        PGobject json = new PGobject();
        json.setType("jsonb");
        json.setValue("{\"a\": 1}");
        Timestamp time = Timestamp.valueOf("2026-01-02 03:04:05.678");
        try (Connection connection = observed(log);
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT " + String.join(", ", java.util.Collections.nCopies(17, "?")) + ", ?::text[]")) {
            statement.setInt(1, 7);
            statement.setLong(2, 1L << 40);
            statement.setString(3, "it's");
            statement.setBoolean(4, true);
            statement.setBigDecimal(5, new BigDecimal("1.50"));
            statement.setNull(6, Types.INTEGER);
            statement.setObject(7, uuid);
            statement.setTimestamp(8, time);
            time.setTime(0);
            statement.setObject(9, LocalDate.of(2026, 1, 2));
            statement.setBytes(10, new byte[] {1, (byte) 0xab});
            statement.setBytes(11, new byte[1000]);
            statement.setObject(12, json);
            statement.setDouble(13, 0.5);
            statement.setArray(14, connection.createArrayOf("int4", new Object[] {1, null, 3}));
            statement.setBinaryStream(15, new ByteArrayInputStream(new byte[9]), 9);
            statement.setCharacterStream(16, new StringReader("abc"));
            statement.setObject(17, null);
            statement.setArray(18, connection.createArrayOf("text", new Object[] {"a,b", "c"}));
            statement.execute();
        }
        List<String> parameters = last(log).parameters().get(0);
        assertThat(parameters.subList(0, 10))
                .containsExactly(
                        "7",
                        "1099511627776",
                        "'it''s'",
                        "true",
                        "1.50",
                        "NULL",
                        "'" + uuid + "'",
                        "'2026-01-02 03:04:05.678'",
                        "'2026-01-02'",
                        "'\\x01ab'");
        assertThat(parameters.get(10))
                .startsWith("'\\x0000")
                .endsWith("(1000 bytes)'")
                .hasSizeLessThan(200);
        assertThat(parameters.subList(11, 18))
                .containsExactly(
                        "'{\"a\": 1}'",
                        "0.5",
                        "'{\"1\",NULL,\"3\"}'",
                        "stream of 9",
                        "stream",
                        "NULL",
                        "'{\"a,b\",\"c\"}'");
    }

    @Test
    void keepsOnlyTheBeginningOfWhatIsVeryLong() throws Exception {
        StatementLog log = new StatementLog(10);
        try (Connection connection = observed(log);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT ? /* " + "x".repeat(20_000) + " */")) {
            statement.setString(1, "y".repeat(1_000_000));
            statement.execute();
        }
        assertThat(last(log).sql()).hasSizeLessThan(10_100).endsWith("characters)");
        assertThat(last(log).parameters().get(0).get(0)).hasSizeLessThan(10_100).contains("1000000 characters");
    }

    @Test
    void remembersBatches() throws Exception {
        StatementLog log = new StatementLog(10);
        try (Connection connection = observed(log);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?)");
                Statement plain = connection.createStatement()) {
            for (int id = 200; id < 300; id++) {
                insert.setInt(1, id);
                insert.setString(2, "n" + id);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(100);
            plain.addBatch("DELETE FROM item WHERE id = 200");
            plain.addBatch("DELETE FROM item WHERE id BETWEEN 201 AND 299");
            plain.executeBatch();
            insert.setInt(1, 1);
            insert.addBatch();
            insert.clearBatch();
            insert.executeBatch();
        }
        assertThat(log.entries()).extracting(LoggedStatement::batch).containsExactly(100, 2, 0);
        LoggedStatement inserted = log.entries().get(0);
        assertThat(inserted.rows()).hasValue(100);
        assertThat(inserted.parameters()).hasSize(20).startsWith(List.of("200", "'n200'"), List.of("201", "'n201'"));
        assertThat(log.entries().get(1).sql())
                .isEqualTo("DELETE FROM item WHERE id = 200;\nDELETE FROM item WHERE id BETWEEN 201 AND 299");
    }

    @Test
    void remembersFailuresAndLetsThemThroughAsTheyAre() throws Exception {
        StatementLog log = new StatementLog(10);
        try (Connection connection = observed(log);
                Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?)")) {
            assertThatThrownBy(() -> statement.execute("SELECT * FROM nowhere")).isInstanceOf(PSQLException.class);
            for (int round = 0; round < 2; round++) {
                insert.setInt(1, 301);
                insert.addBatch();
            }
            assertThatThrownBy(insert::executeBatch).isInstanceOf(BatchUpdateException.class);
            assertThatThrownBy(() -> insert.setInt(9, 1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connection.unwrap(String.class)).isInstanceOf(SQLException.class);
        }
        assertThat(log.entries().get(0).failure()).hasValueSatisfying(failure -> {
            assertThat(failure.sqlState()).contains("42P01");
            assertThat(failure.message()).contains("nowhere");
        });
        assertThat(log.entries().get(1).failure()).hasValueSatisfying(failure -> {
            assertThat(failure.sqlState()).contains("23505");
            assertThat(failure.message()).contains("item_pkey").doesNotContain("Batch entry");
        });
        assertThat(log.entries()).hasSize(2);
    }

    @Test
    void remembersWhereTransactionsEnd() throws Exception {
        StatementLog log = new StatementLog(10);
        try (Connection connection = observed(log);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO item VALUES (401)");
            var savepoint = connection.setSavepoint("halfway");
            connection.rollback(savepoint);
            connection.rollback();
            connection.commit();
            connection.setAutoCommit(true);
        }
        assertThat(log.entries())
                .extracting(LoggedStatement::sql)
                .containsExactly(
                        "INSERT INTO item VALUES (401)",
                        "ROLLBACK TO SAVEPOINT halfway",
                        "ROLLBACK",
                        "COMMIT",
                        "COMMIT /* by setAutoCommit(true) */");
    }

    @Test
    void tellsNoPasswords() throws Exception {
        StatementLog log = new StatementLog(10);
        try (Connection connection = observed(log);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE guest LOGIN PASSWORD 'open''sesame'");
            statement.execute("DROP ROLE guest");
        }
        assertThat(log.entries().get(0).sql()).isEqualTo("CREATE ROLE guest LOGIN PASSWORD '********'");
    }

    @Test
    void leavesAConnectionAllThatTheDriverCanDo() throws Exception {
        StatementLog log = new StatementLog(100);
        try (Connection connection = observed(log);
                Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO item (id, name) VALUES (?, 'x')", Statement.RETURN_GENERATED_KEYS);
                CallableStatement call = connection.prepareCall("{? = call upper(?)}")) {
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(connection.unwrap(PGConnection.class)).isSameAs(connection);
            assertThat(connection.unwrap(PgConnection.class)).isNotSameAs(connection);
            assertThat(connection.isWrapperFor(PgConnection.class)).isTrue();
            assertThat(connection.isWrapperFor(String.class)).isFalse();
            assertThat(((PGConnection) connection).getBackendPID()).isPositive();
            assertThat(new CopyManager((BaseConnection) connection)
                            .copyIn("COPY item (id) FROM STDIN", new StringReader("501\n502\n")))
                    .isEqualTo(2);
            assertThat(connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("COPY item (id) FROM STDIN", new StringReader("503\n")))
                    .isEqualTo(1);
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(insert.getConnection()).isSameAs(connection);
            assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
            assertThat(((PGStatement) insert).getPrepareThreshold()).isPositive();
            assertThat(statement.unwrap(PGStatement.class)).isSameAs(statement);
            insert.setInt(1, 504);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getTimestamp("made")).isNotNull();
            }
            call.registerOutParameter(1, Types.VARCHAR);
            call.setString(2, "loud");
            call.execute();
            assertThat(call.getString(1)).isEqualTo("LOUD");
            assertThat(last(log).parameters()).containsExactly(List.of("<not set>", "'loud'"));
            assertThat(connection).isNotEqualTo(connection.unwrap(PgConnection.class));
            assertThat(connection.toString()).isNotEmpty();
            assertThat(new java.util.HashSet<>(List.of(connection, statement, insert)))
                    .contains(connection, statement, insert);
        }
    }

    @Test
    void closesTheConnectionBehind() throws Exception {
        Connection behind = server.database().dataSource().getConnection();
        Connection observed = new StatementLog(1).observe(behind);
        observed.close();
        assertThat(behind.isClosed()).isTrue();
        assertThat(observed.isClosed()).isTrue();
        assertThatThrownBy(observed::createStatement).isInstanceOf(SQLException.class);
        assertThat(new StatementLog(0).observe(behind)).isSameAs(behind);
    }

    @Test
    void forgetsTheOldestWhenItIsFull() throws Exception {
        StatementLog log = new StatementLog(3);
        try (Connection connection = observed(log);
                Statement statement = connection.createStatement()) {
            for (int number = 1; number <= 8; number++) {
                statement.execute("SELECT " + number);
            }
        }
        assertThat(log.entries()).extracting(LoggedStatement::sql).containsExactly("SELECT 6", "SELECT 7", "SELECT 8");
        assertThat(log.dropped()).isEqualTo(5);
    }

    @Test
    void mayBeSharedByThreads() throws Exception {
        StatementLog log = new StatementLog(1_000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                all.add(threads.submit(() -> {
                    try (Connection connection = observed(log);
                            PreparedStatement select = connection.prepareStatement("SELECT ?::int")) {
                        for (int number = 0; number < 100; number++) {
                            select.setInt(1, number);
                            select.execute();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(log.entries()).hasSize(400);
        for (int connection = 1; connection <= 4; connection++) {
            int one = connection;
            assertThat(log.entries().stream().filter(each -> each.connection() == one))
                    .extracting(each -> each.parameters().get(0).get(0))
                    .startsWith("0", "1", "2")
                    .hasSize(100);
        }
    }
}
