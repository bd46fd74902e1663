package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.Paddock;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.DatabasePool;
import dev.paddock.lease.Lease;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.TemplateSpec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holders have written stays in the memory of a lease's server, but not for ever. */
final class CellMemoryTest {
    private static final PaddockHome HOME =
            PaddockHome.under(Path.of("target", "paddock-home").toAbsolutePath());
    private static final long MOST = 80L << 20;

    @Test
    void aServerThatLendsDatabasesIsReplacedBeforeItHoldsMuchMemory() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME, LeaseSettings.DEFAULT.withMost(1))) {
            DatabasePool pool = paddock.databases(TemplateSpec.of(ServerSpec.create()));
            Set<Integer> servers = new HashSet<>();
            for (int i = 0; i < 16; i++) {
                try (Lease lease = pool.lease("writer");
                        Connection connection = lease.database().dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute(
                            "CREATE TABLE t AS SELECT repeat('x', 1000) AS filling FROM generate_series(1, 8000)");
                    servers.add(lease.database().port());
                    assertThat(memoryOf(lease)).isLessThan(MOST);
                }
            }
            assertThat(servers).hasSizeBetween(2, 5);
        }
    }

    /** Of the upper layer of its data, which the file system of the merged one tells. */
    private static long memoryOf(Lease lease) {
        Path data = Servers.dataOf(lease.database().port());
        return data.toFile().getTotalSpace() - data.toFile().getFreeSpace();
    }
}
