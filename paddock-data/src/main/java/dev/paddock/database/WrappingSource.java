package dev.paddock.database;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that does something of its own with another's connections, and leaves the rest to that. */
public abstract class WrappingSource implements DataSource {
    private final DataSource plain;

    protected WrappingSource(DataSource plain) {
        this.plain = plain;
    }

    /** The other. */
    protected final DataSource plain() {
        return plain;
    }

    @Override
    public final @Nullable PrintWriter getLogWriter() throws SQLException {
        return plain.getLogWriter();
    }

    @Override
    public final void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        plain.setLogWriter(out);
    }

    @Override
    public final void setLoginTimeout(int seconds) throws SQLException {
        plain.setLoginTimeout(seconds);
    }

    @Override
    public final int getLoginTimeout() throws SQLException {
        return plain.getLoginTimeout();
    }

    @Override
    public final Logger getParentLogger() {
        return Logger.getLogger("dev.paddock");
    }

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        return type.isInstance(plain) ? type.cast(plain) : plain.unwrap(type);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || type.isInstance(plain) || plain.isWrapperFor(type);
    }
}
