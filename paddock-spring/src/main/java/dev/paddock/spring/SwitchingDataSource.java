package dev.paddock.spring;

import dev.paddock.database.Database;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens connections to whichever database is the current one; nothing is pooled. Thread-safe. */
final class SwitchingDataSource implements DataSource {
    private final Supplier<Database> database;

    SwitchingDataSource(Supplier<Database> database) {
        this.database = database;
    }

    private DataSource current() {
        return database.get().dataSource();
    }

    /** Asked for by Spring Boot, where somebody is to connect to the same as another user. */
    public String getUrl() {
        return database.get().jdbcUrl();
    }

    /** As {@link #getUrl()}. */
    public String getUsername() {
        return database.get().user();
    }

    /** As {@link #getUrl()}. */
    public String getPassword() {
        return database.get().password();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return current().getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return current().getConnection(user, password);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return current().getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        current().setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        current().setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return current().getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.paddock");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : current().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || current().isWrapperFor(type);
    }
}
