package dev.paddock.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** Where the annotations can be, and for how long what is there lasts. */
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic", "UnusedMethod", "UnusedVariable"})
final class PlacesTest {

    static final class EveryType {
        @Test
        void isADatabaseThatWorks(
                @TestDatabase DataSource source,
                @TestDatabase Connection connection,
                @TestDatabase Database database,
                @TestDatabase(server = true) PostgresServer alone,
                @TestServer(name = "another") PostgresServer server,
                @TestServer DataSource ofServer)
                throws SQLException {
            Sql.ask(source, "create table pony (name text)");
            assertThat(Sql.ask(connection, "select count(*) from pony")).isEqualTo("0");
            assertThat(Sql.ask(database.dataSource(), "select count(*) from pony"))
                    .isEqualTo("0");
            assertThat(Sql.ask(ofServer, "select to_regclass('pony') is null")).isEqualTo("t");
            assertThat(alone.port()).isNotEqualTo(server.port());
            assertThat(Sql.ask(ofServer, "select inet_server_port()")).isEqualTo(Integer.toString(alone.port()));
        }
    }

    @Test
    void eachTypeIsADatabaseThatWorks() {
        Runs.allPass(1, EveryType.class);
    }

    static final class Fixtures {
        private final DataSource ofConstructor;

        @TestDatabase
        DataSource field;

        @TestDatabase
        private Connection connection;

        Fixtures(@TestDatabase DataSource ofConstructor) throws SQLException {
            this.ofConstructor = ofConstructor;
            Sql.ask(ofConstructor, "create table seen (place text)");
        }

        @BeforeEach
        void fill(@TestDatabase DataSource db) throws SQLException {
            Sql.ask(db, "insert into seen values ('before')");
        }

        @RepeatedTest(3)
        void findsWhatItsFixturesDid(@TestDatabase DataSource db, @TestDatabase(name = "other") DataSource other)
                throws SQLException {
            assertThat(List.of(field, ofConstructor)).containsOnly(db);
            assertThat(Sql.ask(db, "select count(*) from seen")).isEqualTo("1");
            assertThat(Sql.ask(connection, "select count(*) from seen")).isEqualTo("1");
            assertThat(Sql.ask(other, "select to_regclass('seen') is null")).isEqualTo("t");
        }

        @AfterEach
        void check(@TestDatabase Connection db) throws SQLException {
            assertThat(Sql.ask(db, "select count(*) from seen")).isEqualTo("1");
        }
    }

    @Test
    void fixturesAndTestShareADatabaseThatTheNextTestDoesNotSee() {
        Runs.allPass(3, Fixtures.class);
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static final class OfTheClass {
        @TestDatabase
        static DataSource shared;

        @BeforeAll
        static void fill(@TestDatabase Connection db) throws SQLException {
            Sql.ask(db, "create table seen (test text)");
        }

        @Test
        void first(@TestDatabase DataSource own) throws SQLException {
            Sql.ask(shared, "insert into seen values ('first')");
            assertThat(Sql.ask(own, "select to_regclass('seen') is null")).isEqualTo("t");
        }

        @Test
        void second() throws SQLException {
            assertThat(Sql.ask(shared, "select test from seen")).isEqualTo("first");
        }

        @Nested
        final class Within {
            @Test
            void seesItToo() throws SQLException {
                assertThat(Sql.ask(shared, "select count(*) from seen")).isEqualTo("1");
            }
        }

        @AfterAll
        static void check(@TestDatabase DataSource db) {
            assertThat(db).isSameAs(shared);
        }
    }

    @Test
    void whatIsStaticLastsForTheClass() {
        Runs.allPass(3, OfTheClass.class);
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static final class OneInstance {
        private final DataSource shared;
        private final List<DataSource> fields = new ArrayList<>();

        @TestDatabase
        DataSource field;

        OneInstance(@TestDatabase DataSource shared) throws SQLException {
            this.shared = shared;
            Sql.ask(shared, "create table counted ()");
        }

        @BeforeAll
        void sees(@TestDatabase DataSource same) {
            assertThat(same).isSameAs(shared);
        }

        @RepeatedTest(2)
        void getsAFieldForEachTest(@TestDatabase DataSource own) {
            assertThat(own).isSameAs(field).isNotSameAs(shared);
            assertThat(fields).doesNotContain(field);
            fields.add(field);
        }
    }

    @Test
    void oneInstanceForAllTestsHasAConstructorsDatabaseForAllAndAFieldsForEach() {
        Runs.allPass(2, OneInstance.class);
    }

    static final class Outer {
        @TestDatabase
        DataSource outer;

        @Nested
        final class Inner {
            @TestDatabase(name = "inner")
            DataSource inner;

            private final DataSource constructed;

            Inner(@TestDatabase(name = "constructed") DataSource constructed) {
                this.constructed = constructed;
            }

            @Test
            void hasBoth(@TestDatabase DataSource same) {
                assertThat(same).isSameAs(outer);
                assertThat(List.of(inner, constructed)).doesNotContain(outer).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void nestedTestsHaveTheFieldsOfTheClassesAroundThem() {
        Runs.allPass(1, Outer.class);
    }

    static final class FailsToConstruct {
        FailsToConstruct(@TestDatabase DataSource db) throws SQLException {
            Sql.ask(db, "create table left_over ()");
            throw new IllegalStateException("no such luck");
        }

        @Test
        void neverRuns() {}
    }

    static final class ConstructsAfterwards {
        ConstructsAfterwards(@TestDatabase DataSource db) throws SQLException {
            assertThat(Sql.ask(db, "select to_regclass('left_over') is null")).isEqualTo("t");
        }

        @Test
        void runs() {}
    }

    @Test
    void whatAFailedConstructorLeftIsNobodyElses() {
        assertThat(Runs.failure(Runs.of(FailsToConstruct.class, ConstructsAfterwards.class)))
                .hasMessage("no such luck");
    }

    static final class KeepsItsConnections {
        static Connection connection;
        static DataSource source;

        @Test
        void doesNotClose(@TestDatabase Connection given, @TestDatabase DataSource db) {
            connection = given;
            source = db;
        }
    }

    @Test
    void afterTheTestItsConnectionIsClosedAndItsDatabaseReturned() throws SQLException {
        Runs.allPass(1, KeepsItsConnections.class);

        assertThat(KeepsItsConnections.connection.isClosed()).isTrue();
        assertThatThrownBy(KeepsItsConnections.source::getConnection).hasMessageContaining("its test is over");
    }

    static final class WrongType {
        @Test
        void isNotADatabase(@TestDatabase String url) {}
    }

    static final class ServerOfAnother {
        @TestDatabase
        PostgresServer server;

        @Test
        void isNotGiven() {}
    }

    static final class FinalField {
        @TestDatabase
        private final DataSource db = new org.postgresql.ds.PGSimpleDataSource();

        @Test
        void isNotFilled() {}
    }

    @Test
    void whatCannotBeFilledIsNamedWithWhatToDo() {
        assertThat(Runs.failure(Runs.of(WrongType.class)))
                .hasMessageStartingWith(
                        "parameter 'url' of WrongType.isNotADatabase: a database can't be a java.lang.String")
                .hasMessageContaining("use javax.sql.DataSource");
        assertThat(Runs.failure(Runs.of(ServerOfAnother.class)))
                .hasMessageContaining("field ServerOfAnother.server: ")
                .hasMessageContaining("write @TestDatabase(server = true) or @TestServer");
        assertThat(Runs.failure(Runs.of(FinalField.class))).hasMessageContaining("leave out final");
    }
}
