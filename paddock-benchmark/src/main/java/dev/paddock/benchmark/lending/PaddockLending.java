package dev.paddock.benchmark.lending;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.lease.DatabasePool;
import dev.paddock.lease.Lease;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Paddock's leases.
 *
 * @param open on which engine
 */
public record PaddockLending(String name, Function<LeaseSettings, Paddock> open, LeaseSettings settings)
        implements Lending {

    /** On the embedded engine. */
    static PaddockLending embedded(LeaseSettings settings) {
        return new PaddockLending("paddock", Paddock::embedded, settings);
    }

    @Override
    public Lender open(Content content) {
        Layer layer = content.migrations()
                .map(Layer::migrations)
                .orElseGet(() -> Layer.code("benchmark " + content.key(), content::fill));
        TemplateSpec template = TemplateSpec.of(ServerSpec.postgres("18")).with(layer);
        Paddock paddock = open.apply(settings);
        try {
            return new Pool(paddock, template, paddock.databases(template));
        } catch (RuntimeException failure) {
            paddock.close();
            throw failure;
        }
    }

    private record Pool(Paddock paddock, TemplateSpec template, DatabasePool databases) implements Lender {
        @Override
        public Borrowed borrow() {
            return new Leased(databases.lease("benchmark"));
        }

        /** Of a server alone: a lease's connections are watched. */
        @Override
        public Borrowed shared() {
            return new Alone(paddock.start(template));
        }

        @Override
        public Optional<Instant> built() {
            return Optional.of(databases.template().manifest().created());
        }

        @Override
        public void close() {
            paddock.close();
        }
    }

    private record Alone(PostgresServer server) implements Borrowed {
        @Override
        public DataSource dataSource() {
            return server.database().dataSource();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private record Leased(Lease lease) implements Borrowed {
        @Override
        public DataSource dataSource() {
            return lease.database().dataSource();
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
