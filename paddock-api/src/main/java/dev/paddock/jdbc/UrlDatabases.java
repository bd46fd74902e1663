package dev.paddock.jdbc;

import dev.paddock.Paddock;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/** The databases that URLs have asked for, and the {@code Paddock} of each engine that they are in. Thread-safe; closed by its driver. */
final class UrlDatabases implements AutoCloseable {
    private final Function<String, Paddock> opener;
    private final Map<DatabaseUrl.Wanted, UrlDatabase> databases = new HashMap<>();
    private final Map<String, Paddock> open = new HashMap<>();

    /** @param opener of an engine by its name; asked when the first database there is */
    UrlDatabases(Function<String, Paddock> opener) {
        this.opener = opener;
    }

    /** @throws SQLException for whatever goes wrong, saying what to do about it */
    Connection connect(String url, Properties properties) throws SQLException {
        try {
            DatabaseUrl asked = DatabaseUrl.parse(url);
            return get(asked.wanted()).connect(asked.driver(), properties);
        } catch (PaddockException failure) {
            String hint = failure.hint(Vocabulary.URL)
                    .map(text -> " (hint: " + text + ")")
                    .orElse("");
            // 08001: unable to establish the connection.
            throw new SQLException(failure.getMessage() + hint, "08001", failure);
        }
    }

    private synchronized UrlDatabase get(DatabaseUrl.Wanted wanted) {
        return databases.computeIfAbsent(
                wanted, each -> new UrlDatabase(open.computeIfAbsent(each.engine(), opener), each));
    }

    /** Leads nobody any more to what was started; a later URL starts anew. Idempotent. */
    synchronized void takeBack() {
        databases.values().forEach(UrlDatabase::takeBack);
        databases.clear();
    }

    /** Stops all that was started; a later URL starts anew. Idempotent. */
    @Override
    public void close() {
        List<Paddock> last;
        synchronized (this) {
            takeBack();
            last = List.copyOf(open.values());
            open.clear();
        }
        last.forEach(Paddock::close);
    }
}
