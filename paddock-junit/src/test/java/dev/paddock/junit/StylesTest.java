package dev.paddock.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The annotations in tests of every style. */
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic", "UnusedMethod", "UnusedVariable"})
final class StylesTest {
    private static final String ORDERS = "select count(*) from orders";

    @Target({ElementType.PARAMETER, ElementType.FIELD})
    @Retention(RetentionPolicy.RUNTIME)
    @TestDatabase(migrations = "classpath:orders")
    @interface OrdersDatabase {}

    static final class WithAnAnnotationOfItsOwn {
        @OrdersDatabase
        DataSource field;

        @Test
        void findsItsTables(@OrdersDatabase DataSource db) throws SQLException {
            assertThat(Sql.ask(db, ORDERS)).isEqualTo("1");
            assertThat(field).isSameAs(db);
        }
    }

    @Test
    void anAnnotationOfOnesOwnStandsForTheOneThatItCarries() {
        Runs.allPass(1, WithAnAnnotationOfItsOwn.class);
    }

    interface Contract {
        @BeforeEach
        default void fill(@OrdersDatabase DataSource db) throws SQLException {
            Sql.ask(db, "insert into orders (item) values ('from the interface')");
        }

        @Test
        default void hasAnInheritedTest(@OrdersDatabase DataSource db) throws SQLException {
            assertThat(Sql.ask(db, ORDERS)).isEqualTo("3");
        }
    }

    abstract static class Above {
        @OrdersDatabase
        private DataSource above;

        @BeforeEach
        void fillFromAbove() throws SQLException {
            Sql.ask(above, "insert into orders (item) values ('from above')");
        }
    }

    static final class Inherits extends Above implements Contract {
        @Test
        void andOneOfItsOwn(@OrdersDatabase DataSource db) throws SQLException {
            assertThat(Sql.ask(db, ORDERS)).isEqualTo("3");
        }
    }

    @Test
    void interfacesAndSuperclassesTakePart() {
        Runs.allPass(2, Inherits.class);
    }

    static final class ManyTimes {
        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void eachArgument(String item, @OrdersDatabase DataSource db) throws SQLException {
            Sql.ask(db, "insert into orders (item) values ('" + item + "')");
            assertThat(Sql.ask(db, ORDERS)).isEqualTo("2");
        }

        @RepeatedTest(2)
        void eachTime(@OrdersDatabase DataSource db) throws SQLException {
            Sql.ask(db, "insert into orders (item) values ('again')");
            assertThat(Sql.ask(db, ORDERS)).isEqualTo("2");
        }

        @TestFactory
        Stream<DynamicTest> eachStep(@OrdersDatabase DataSource db) {
            return Stream.of("2", "3")
                    .map(expected -> DynamicTest.dynamicTest(expected, () -> {
                        Sql.ask(db, "insert into orders (item) values ('one more')");
                        assertThat(Sql.ask(db, ORDERS)).isEqualTo(expected);
                    }));
        }
    }

    @Test
    void eachInvocationHasADatabaseAndTheTestsOfOneFactoryShareIt() {
        Runs.allPass(6, ManyTimes.class);
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class AllAtOnce {
        private final DataSource constructed;

        @OrdersDatabase
        DataSource field;

        AllAtOnce(@TestDatabase DataSource constructed) {
            this.constructed = constructed;
        }

        @BeforeEach
        void fill(@OrdersDatabase DataSource db) throws SQLException {
            Sql.ask(db, "insert into orders (item) values ('mine')");
            Sql.ask(constructed, "create table mine ()");
        }

        @RepeatedTest(24)
        void hasWhatIsItsOwn(@OrdersDatabase DataSource db, @TestDatabase DataSource same) throws SQLException {
            assertThat(Sql.ask(db, ORDERS)).isEqualTo("2");
            assertThat(List.of(db, constructed)).containsExactly(field, same);
        }
    }

    @Test
    void testsThatRunAtTheSameTimeDoNotMeet() {
        var results = Runs.of(
                Map.of(
                        "paddock.evidence", "off",
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
                AllAtOnce.class);

        assertThat(Runs.failures(results)).isEmpty();
        results.testEvents().assertStatistics(events -> events.succeeded(24));
    }

    static final class NoTests {
        @TestDatabase
        static DataSource never;
    }

    @Test
    void aClassWithoutTestsCostsNothing() {
        Runs.of(NoTests.class).allEvents().assertStatistics(events -> events.failed(0));

        assertThat(NoTests.never).isNull();
    }
}
