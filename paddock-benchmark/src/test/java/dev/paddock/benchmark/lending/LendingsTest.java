package dev.paddock.benchmark.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.database.Database;
import dev.paddock.model.PaddockException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A figure counts for nothing if what was measured isn't what it is said to be. */
final class LendingsTest {
    private static final Lendings LENDINGS = new Lendings();

    @AfterAll
    static void close() {
        LENDINGS.close();
    }

    private static Lending named(String name) {
        return LENDINGS.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theTemplateOf36TablesTakes17Megabytes() throws SQLException {
        try (Lender lender = named("create_database").open(Contents.tables());
                Borrowed database = lender.borrow()) {
            assertThat(Long.parseLong(
                            ask(database.dataSource(), "SELECT pg_database_size(current_database()) / 1000000")))
                    .isBetween(16L, 18L);
        }
    }

    @Test
    void eachTestIsGivenADatabaseThatNobodyHasUsed() throws SQLException {
        for (String name : List.of("paddock", "create_database", "integresql_like")) {
            try (Lender lender = named(name).open(Contents.shop())) {
                for (int test = 0; test < 5; test++) {
                    try (Borrowed database = lender.borrow();
                            Connection connection = database.dataSource().getConnection()) {
                        Contents.shop().use(connection);
                    }
                }
            }
        }
    }

    @Test
    void aDatabaseThatSomebodyHasUsedIsNoticed() throws SQLException {
        for (Content content : List.of(Contents.empty(), Contents.tables())) {
            try (Lender lender = named("create_database").open(content);
                    Borrowed database = lender.borrow();
                    Connection connection = database.dataSource().getConnection()) {
                content.use(connection);
                assertThatThrownBy(() -> content.use(connection))
                        .isInstanceOf(PaddockException.class)
                        .hasMessageContaining("nobody has used");
            }
        }
    }

    @Test
    void databasesThatWerePreparedInVainAreDropped() throws SQLException {
        try (Lender lender = named("integresql_like").open(Contents.empty())) {
            lender.borrow().close();
        }
        DataSource server = Database.of(LENDINGS.standing(Contents.empty())).dataSource();
        assertThat(ask(server, "SELECT count(*) FROM pg_database WHERE datname LIKE 'test\\_%'"))
                .isEqualTo("0");
    }

    @Test
    void aContentThatMustExistIsNeverMadeAnew() {
        Content missing = new Content(
                        "missing", List.of("SELECT"), java.util.Optional.empty(), "SELECT 1", "1", List.of(), true)
                .mustExist();
        assertThatThrownBy(() -> named("create_database").open(missing)).hasMessageContaining("was to be there");
    }

    private static String ask(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
