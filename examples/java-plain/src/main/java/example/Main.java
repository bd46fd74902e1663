package example;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.model.ServerSpec;
import java.sql.SQLException;

/** Starts a server, uses it, and leaves nothing behind. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws SQLException {
        try (Paddock paddock = Paddock.embedded();
                PostgresServer server = paddock.start(ServerSpec.postgres("18"))) {
            Ponies ponies = new Ponies(server.database().dataSource());
            ponies.createTable();
            ponies.add("Merlin");
            System.out.println("PostgreSQL " + server.version() + " knows " + ponies.names());
        }
    }
}
