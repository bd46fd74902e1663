package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.Paddock;
import dev.paddock.database.Database;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.Lease;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that are in the snapshot already are what CREATE DATABASE would have made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DatabaseCopiesTest {
    private Paddock paddock;

    @SuppressWarnings("NullAway.Init")
    DatabaseCopiesTest() {}

    @BeforeAll
    void open() {
        paddock = Engines.storedAs(
                "overlay",
                PaddockHome.under(Path.of("target", "paddock-home").toAbsolutePath()),
                LeaseSettings.DEFAULT);
    }

    @AfterAll
    void close() {
        paddock.close();
    }

    private static TemplateSpec template(String postgres) {
        return TemplateSpec.of(ServerSpec.postgres(postgres).withDatabase("shop"))
                .with(Layer.code("shop", database -> {
                    try (Connection connection = database.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute("CREATE ROLE keeper NOLOGIN");
                        statement.execute("CREATE SCHEMA stock AUTHORIZATION keeper");
                        statement.execute("CREATE TABLE stock.item (id serial PRIMARY KEY, name text, much text)");
                        statement.execute(
                                "INSERT INTO stock.item (name, much) SELECT 'n' || n, repeat(md5(n::text), 500) FROM generate_series(1, 500) n");
                        statement.execute("CREATE UNLOGGED TABLE stock.fast AS SELECT 1 AS one");
                        statement.execute("CREATE MATERIALIZED VIEW stock.names AS SELECT name FROM stock.item");
                        statement.execute("ANALYZE");
                        statement.execute("ALTER DATABASE shop SET search_path = stock, public");
                        statement.execute("COMMENT ON TABLE stock.item IS 'what there is'");
                    }
                }));
    }

    private static String ask(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"18", "system"})
    void theyHoldAllThatTheTemplateHolds(String postgres) throws SQLException {
        try (Lease lease = paddock.databases(template(postgres)).lease("reader")) {
            Database database = lease.database();
            assertThat(database.name()).matches("shop_\\d+");
            assertThat(ask(database, "SHOW search_path")).isEqualTo("stock, public");
            assertThat(ask(database, "SELECT count(*) || ' ' || sum(length(much)) FROM item"))
                    .isEqualTo("500 8000000");
            assertThat(ask(database, "SELECT one FROM fast")).isEqualTo("1");
            assertThat(ask(database, "SELECT count(*) FROM names")).isEqualTo("500");
            assertThat(ask(database, "SELECT nextval('item_id_seq')")).isEqualTo("501");
            assertThat(ask(database, "SELECT obj_description('item'::regclass)"))
                    .isEqualTo("what there is");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"18", "system"})
    void postgresMaintainsThemLikeAnyOther(String postgres) throws SQLException {
        try (Lease lease = paddock.databases(template(postgres)).lease("maintainer");
                Connection connection = lease.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM FULL");
            statement.execute("REINDEX SCHEMA stock");
            statement.execute("REFRESH MATERIALIZED VIEW names");
            statement.execute("CHECKPOINT");
            statement.execute("CREATE DATABASE another TEMPLATE shop");
            statement.execute("ALTER DATABASE another RENAME TO other");
            statement.execute("DROP DATABASE other");
            assertThatThrownBy(() -> statement.execute("DROP ROLE keeper")).hasMessageContaining("depend on it");
            statement.execute("REASSIGN OWNED BY keeper TO postgres");
            assertThat(ask(lease.database(), "SELECT count(*) FROM item")).isEqualTo("500");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"18", "system"})
    void whatIsWrittenToOneIsInNoOther(String postgres) throws SQLException {
        try (Lease one = paddock.databases(template(postgres)).lease("one")) {
            ask(one.database(), "UPDATE item SET name = 'mine' RETURNING 1");
            Database sibling = Database.of(one.database().connection().withDatabase("shop_7"));
            assertThat(ask(sibling, "SELECT count(*) FROM item WHERE name = 'mine'"))
                    .isEqualTo("0");
            assertThat(ask(one.original().orElseThrow(), "SELECT count(*) FROM item WHERE name = 'mine'"))
                    .isEqualTo("0");
        }
    }
}
