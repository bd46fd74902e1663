package example;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What an application does with its database; it knows nothing of Paddock. */
final class Ponies {
    private final DataSource db;

    Ponies(DataSource db) {
        this.db = db;
    }

    void createTable() throws SQLException {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table pony (id bigint generated always as identity, name text unique not null)");
        }
    }

    void add(String name) throws SQLException {
        try (Connection connection = db.getConnection();
                PreparedStatement statement = connection.prepareStatement("insert into pony (name) values (?)")) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
    }

    List<String> names() throws SQLException {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select name from pony order by id")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString("name"));
            }
            return names;
        }
    }
}
