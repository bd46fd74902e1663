package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.model.ServerSpec;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server of its own for each test: started in milliseconds, so there is nothing to clean up and nothing to share. */
class PoniesTest {
    private static Paddock paddock;

    private PostgresServer server;
    private Ponies ponies;

    @BeforeAll
    static void openPaddock() {
        paddock = Paddock.embedded();
    }

    @AfterAll
    static void closePaddock() {
        paddock.close();
    }

    @BeforeEach
    void startServer() throws SQLException {
        server = paddock.start(ServerSpec.postgres("18"));
        ponies = new Ponies(server.database().dataSource());
        ponies.createTable();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void remembersPoniesInTheOrderInWhichTheyCame() throws SQLException {
        ponies.add("Merlin");
        ponies.add("Ålfur");

        assertEquals(List.of("Merlin", "Ålfur"), ponies.names());
    }

    @Test
    void refusesASecondPonyOfTheSameName() throws SQLException {
        ponies.add("Merlin");

        assertThrows(SQLException.class, () -> ponies.add("Merlin"));
    }
}
