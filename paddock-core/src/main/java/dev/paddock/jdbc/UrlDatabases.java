package dev.paddock.jdbc;

import dev.paddock.Paddock;
import dev.paddock.model.PaddockException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The databases that URLs have asked for, and the {@code Paddock} that they are in. Thread-safe; closed by its driver. */
final class UrlDatabases implements AutoCloseable {
    private final Supplier<Paddock> opener;
    private final Map<DatabaseUrl.Wanted, UrlDatabase> databases = new HashMap<>();
    private @Nullable Paddock paddock;

    /** @param opener asked when the first database is */
    UrlDatabases(Supplier<Paddock> opener) {
        this.opener = opener;
    }

    /** @throws SQLException for whatever goes wrong, saying what to do about it */
    Connection connect(String url, Properties properties) throws SQLException {
        try {
            DatabaseUrl asked = DatabaseUrl.parse(url);
            return get(asked.wanted()).connect(asked.driver(), properties);
        } catch (PaddockException failure) {
            String hint = failure.hint().map(text -> " (hint: " + text + ")").orElse("");
            // 08001: unable to establish the connection.
            throw new SQLException(failure.getMessage() + hint, "08001", failure);
        }
    }

    private synchronized UrlDatabase get(DatabaseUrl.Wanted wanted) {
        return databases.computeIfAbsent(wanted, each -> new UrlDatabase(paddock(), each));
    }

    private Paddock paddock() {
        Paddock open = paddock;
        if (open == null) {
            open = opener.get();
            paddock = open;
        }
        return open;
    }

    /** Stops all that was started; a later URL starts anew. Idempotent. */
    @Override
    public void close() {
        Paddock last;
        synchronized (this) {
            last = paddock;
            paddock = null;
            databases.clear();
        }
        if (last != null) {
            last.close();
        }
    }
}
