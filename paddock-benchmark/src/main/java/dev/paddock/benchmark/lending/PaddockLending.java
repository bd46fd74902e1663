package dev.paddock.benchmark.lending;

import dev.paddock.Paddock;
import dev.paddock.lease.DatabasePool;
import dev.paddock.lease.Lease;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import javax.sql.DataSource;

/** Paddock's leases, on the embedded engine. */
record PaddockLending(LeaseSettings settings) implements Lending {

    @Override
    public String name() {
        return "paddock";
    }

    @Override
    public Lender open(Content content) {
        TemplateSpec template = TemplateSpec.of(ServerSpec.postgres("18"))
                .with(Layer.code("benchmark " + content.key(), content::fill));
        Paddock paddock = Paddock.embedded(settings);
        try {
            return new Pool(paddock, paddock.databases(template));
        } catch (RuntimeException failure) {
            paddock.close();
            throw failure;
        }
    }

    private record Pool(Paddock paddock, DatabasePool databases) implements Lender {
        @Override
        public Borrowed borrow() {
            return new Leased(databases.lease("benchmark"));
        }

        @Override
        public void close() {
            paddock.close();
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
