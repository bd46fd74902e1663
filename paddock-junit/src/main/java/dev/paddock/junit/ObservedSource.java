package dev.paddock.junit;

import dev.paddock.database.WrappingSource;
import dev.paddock.evidence.StatementLog;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A data source whose connections' statements are remembered. */
final class ObservedSource extends WrappingSource {
    private final StatementLog statements;

    ObservedSource(DataSource plain, StatementLog statements) {
        super(plain);
        this.statements = statements;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return statements.observe(plain().getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return statements.observe(plain().getConnection(user, password));
    }
}
