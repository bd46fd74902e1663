package dev.paddock.spring;

import dev.paddock.Paddock;
import dev.paddock.database.Database;
import dev.paddock.lease.DatabasePool;
import dev.paddock.lease.Lease;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.TemplateSpec;
import dev.paddock.template.WrittenTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** The database that a context has now, and what the next is made like. Used by one thread at a time; closed by its context's database. */
final class Tenancy implements AutoCloseable {
    private final Paddock paddock;
    private final WrittenTemplate template;
    private DatabasePool pool;
    private Lease lease;
    private final long writes;

    private Tenancy(Paddock paddock, WrittenTemplate template, DatabasePool pool, Lease lease) {
        this.paddock = paddock;
        this.template = template;
        this.pool = pool;
        this.lease = lease;
        this.writes = writes();
    }

    static Tenancy begin(
            String engine,
            WrittenTemplate template,
            ClassLoader resources,
            boolean refreshed,
            int statements,
            String holder) {
        Paddock paddock = Paddock.on(
                engine, LeaseSettings.DEFAULT.withStatements(statements).withAhead(refreshed));
        try {
            DatabasePool pool = paddock.databases(template.read(resources));
            return new Tenancy(paddock, template, pool, pool.lease(holder));
        } catch (RuntimeException failure) {
            paddock.close();
            throw failure;
        }
    }

    Lease lease() {
        return lease;
    }

    /**
     * To be called once. Makes what the application has put in when it started a part of all later databases. Costs next to nothing if that is nothing, as
     * where its migrations are in the template already.
     */
    void settle() {
        if (writes() != writes) {
            ServerSpec frozen = ServerSpec.snapshot(lease.freeze().id());
            if (!template.image().isEmpty()) {
                frozen = frozen.withContainer(ContainerSpec.DEFAULT.withImage(template.image()));
            }
            for (var setting : template.settings().entrySet()) {
                frozen = frozen.withSetting(setting.getKey(), setting.getValue());
            }
            pool = paddock.databases(TemplateSpec.of(frozen));
        }
    }

    /**
     * The password of a user of this name. Who isn't there yet is made, like the database's own user: a superuser with the same password.
     */
    String admit(String user) {
        Database database = lease.database();
        if (!user.equals(database.user())) {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                admit(user, statement);
            } catch (SQLException failure) {
                throw new PaddockException(
                        "the user " + user + " can't be made in the context's database: " + failure.getMessage(),
                        failure);
            }
        }
        return database.password();
    }

    private static void admit(String user, Statement statement) throws SQLException {
        boolean there;
        try (ResultSet row =
                statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = " + statement.enquoteLiteral(user))) {
            there = row.next();
        }
        String verifier;
        try (ResultSet row = statement.executeQuery("SELECT rolpassword FROM pg_authid WHERE rolname = current_user")) {
            row.next();
            verifier = row.getString(1);
        }
        statement.execute((there ? "ALTER" : "CREATE") + " ROLE " + statement.enquoteIdentifier(user, true)
                + " SUPERUSER LOGIN PASSWORD " + statement.enquoteLiteral(verifier));
    }

    /** Goes over to a database as it was when this one settled. */
    void refresh(String holder) {
        Lease next = pool.lease(holder);
        lease.close();
        lease = next;
    }

    /** @param since when the test began that has failed */
    FailedTenancy failed(Instant since) {
        return new FailedTenancy(paddock, lease, pool.lease("to compare with"), since);
    }

    /** Grows with each transaction that writes, whether it is committed or not. */
    private long writes() {
        try (Connection connection = lease.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")) {
            row.next();
            return Long.parseLong(row.getString(1));
        } catch (SQLException failure) {
            throw new PaddockException("the context's database doesn't answer: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        paddock.close();
    }
}
