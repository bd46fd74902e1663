package dev.paddock.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.Layer;
import dev.paddock.template.LayerTarget;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What is in a database, as said by the annotation or by settings. */
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic", "UnusedMethod", "UnusedVariable"})
final class ContentTest {
    private static final String ORDERS = "select string_agg(item, ' ' order by id) from orders";

    static final class AddsStirrups implements Layer {
        @Override
        public String key() {
            return "stirrups 1";
        }

        @Override
        public String description() {
            return "stirrups";
        }

        @Override
        public void apply(LayerTarget target) {
            try {
                Sql.ask(target.database().dataSource(), "insert into orders (item) values ('stirrup')");
            } catch (SQLException failure) {
                throw new PaddockException("no stirrups", failure);
            }
        }
    }

    static final class Everything {
        @Test
        void isAppliedInOrder(
                @TestDatabase(
                                migrations = "classpath:orders",
                                scripts = "classpath:more_orders.sql",
                                layers = AddsStirrups.class,
                                settings = "work_mem=7MB")
                        DataSource db)
                throws SQLException {
            assertThat(Sql.ask(db, ORDERS)).isEqualTo("saddle bridle stirrup");
            assertThat(Sql.ask(db, "show work_mem")).isEqualTo("7MB");
        }

        @Test
        void canBeOnAServerToo(
                @TestServer(migrations = "src/test/resources/orders", scripts = "src/test/resources/more_orders.sql")
                        PostgresServer server)
                throws SQLException {
            assertThat(Sql.ask(server.database().dataSource(), ORDERS)).isEqualTo("saddle bridle");
        }

        @Test
        void canBeLookedAtByAll(@TestDatabase(migrations = "classpath:orders", readOnly = true) Database db)
                throws SQLException {
            assertThat(Sql.ask(db.dataSource(), ORDERS)).isEqualTo("saddle");
            assertThatThrownBy(() -> Sql.ask(db.dataSource(), "delete from orders"))
                    .hasMessageContaining("read-only");
        }
    }

    @Test
    void migrationsScriptsCodeAndSettingsMakeTheDatabase() {
        Runs.allPass(3, Everything.class);
    }

    static final class OfASnapshot {
        @Test
        void findsItsTable(@TestDatabase(snapshot = "junit-ponies") DataSource db) throws SQLException {
            assertThat(Sql.ask(db, "select name from pony")).isEqualTo("Merlin");
        }
    }

    @Test
    void aSnapshotIsWhatAllElseIsPutOn() throws SQLException {
        try (Paddock paddock = Runs.paddock();
                PostgresServer server = paddock.start(ServerSpec.create())) {
            Sql.ask(server.database().dataSource(), "create table pony as select 'Merlin' as name");
            paddock.snapshots()
                    .find("junit-ponies")
                    .ifPresent(old -> paddock.snapshots().remove("junit-ponies"));
            server.snapshot("junit-ponies");
        }

        Runs.allPass(1, OfASnapshot.class);
    }

    static final class Broken {
        @TestDatabase(migrations = "classpath:broken")
        DataSource field;

        @Test
        void one() {}

        @Test
        void another(@TestDatabase(migrations = "classpath:broken") DataSource db) {}
    }

    @Test
    void aBrokenMigrationIsToldToEachTestWithFileLineAndReason() {
        var failures = Runs.failures(Runs.of(Broken.class));

        assertThat(failures)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessageStartingWith("field Broken.field: ")
                        .hasMessageContaining("V1__typo.sql")
                        .hasMessageContaining("syntax error at or near \"tabel\""));
    }

    static final class ContradictsItself {
        @Test
        void isToldSo(@TestDatabase(readOnly = true, server = true) DataSource db) {}
    }

    static final class WithoutResource {
        @Test
        void isToldSo(@TestDatabase(scripts = "classpath:no_such.sql") DataSource db) {}
    }

    @Test
    void whatCannotBeMeantIsToldSo() {
        assertThat(Runs.failure(Runs.of(ContradictsItself.class))).hasMessageContaining("leave out readOnly or server");
        assertThat(Runs.failure(Runs.of(WithoutResource.class))).hasMessageContaining("no_such.sql");
    }

    static final class SaysNothing {
        @Test
        void takesWhatIsSet(@TestDatabase DataSource db) throws SQLException {
            assertThat(Sql.ask(db, ORDERS)).isEqualTo("saddle bridle");
        }
    }

    static final class SaysOtherwise {
        @Test
        void takesWhatItSays(
                @TestDatabase(migrations = "", scripts = "") DataSource empty,
                @TestDatabase(migrations = "classpath:orders", scripts = "") DataSource one)
                throws SQLException {
            assertThat(Sql.ask(empty, "select to_regclass('orders') is null")).isEqualTo("t");
            assertThat(Sql.ask(one, ORDERS)).isEqualTo("saddle");
        }
    }

    @Test
    void settingsSayWhatTheAnnotationLeavesOpen() {
        Map<String, String> settings = Map.of(
                "paddock.evidence", "off",
                "paddock.migrations", "classpath:orders",
                "paddock.scripts", "classpath:more_orders.sql");

        assertThat(Runs.failures(Runs.of(settings, SaysNothing.class, SaysOtherwise.class)))
                .isEmpty();
    }

    @Test
    void aSystemPropertyIsASettingToo() {
        System.setProperty("paddock.migrations", "classpath:orders");
        System.setProperty("paddock.scripts", "classpath:more_orders.sql");
        try {
            Runs.allPass(1, SaysNothing.class);
        } finally {
            System.clearProperty("paddock.migrations");
            System.clearProperty("paddock.scripts");
        }
    }

    @Test
    void aWrongSettingIsNamed() {
        assertThat(Runs.failure(Runs.of(Map.of("paddock.databases.max", "none"), SaysNothing.class)))
                .hasMessageContaining("the setting paddock.databases.max can't be 'none'")
                .hasMessageContaining("write a number, 1 or more");
        assertThat(Runs.failure(Runs.of(Map.of("paddock.postgres", "9"), SaysNothing.class)))
                .hasMessageContaining("PostgreSQL 9 is not supported");
    }
}
