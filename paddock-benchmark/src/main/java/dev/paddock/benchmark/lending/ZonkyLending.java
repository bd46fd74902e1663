package dev.paddock.benchmark.lending;

import dev.paddock.model.PaddockException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.preparer.DatabasePreparer;
import io.zonky.test.db.provider.DatabaseProvider;
import io.zonky.test.db.provider.EmbeddedDatabase;
import io.zonky.test.db.provider.ProviderException;
import io.zonky.test.db.provider.common.OptimizingDatabaseProvider;
import io.zonky.test.db.provider.common.PrefetchingDatabaseProvider;
import io.zonky.test.db.provider.common.TemplatingDatabaseProvider;
import io.zonky.test.db.provider.postgres.ZonkyPostgresDatabaseProvider;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.StandardEnvironment;

/**
 * zonky's embedded-database-spring-test, wired as its own configuration wires it, with its defaults: templates, and databases fetched
 * ahead. Its server, one per JVM, ends with the JVM.
 */
final class ZonkyLending implements Lending {
    private final DatabaseProvider provider;

    ZonkyLending() {
        ObjectProvider<List<Consumer<EmbeddedPostgres.Builder>>> nothingToCustomize = new StaticListableBeanFactory()
                .getBeanProvider(ResolvableType.forClassWithGenerics(List.class, Consumer.class));
        this.provider = new OptimizingDatabaseProvider(new PrefetchingDatabaseProvider(new TemplatingDatabaseProvider(
                new ZonkyPostgresDatabaseProvider(new StandardEnvironment(), nothingToCustomize))));
    }

    @Override
    public String name() {
        return "zonky";
    }

    @Override
    public Lender open(Content content) {
        return new Provider(provider, new Preparer(content));
    }

    private record Provider(DatabaseProvider provider, Preparer preparer) implements Lender {
        @Override
        public Borrowed borrow() {
            try {
                return new Fetched(provider.createDatabase(preparer));
            } catch (ProviderException failure) {
                Throwable cause = failure;
                while (cause.getCause() != null) {
                    cause = cause.getCause();
                }
                throw new PaddockException("zonky gives no database: " + cause, failure);
            }
        }

        @Override
        public void close() {
            // What was fetched ahead goes with the server.
        }
    }

    private record Fetched(EmbeddedDatabase database) implements Borrowed {
        @Override
        public DataSource dataSource() {
            return database;
        }

        @Override
        public void close() {
            database.close();
        }
    }

    /** Equal for equal content, by which it is found again. */
    private record Preparer(Content content) implements DatabasePreparer {
        private static final long A_SECOND = 1000;

        @Override
        public long estimatedDuration() {
            return A_SECOND;
        }

        @Override
        public void prepare(DataSource dataSource) {
            try {
                content.fill(dataSource);
            } catch (SQLException failure) {
                throw new PaddockException("zonky's database can't be filled: " + failure.getMessage(), failure);
            }
        }
    }
}
