package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.PostgresServer;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.snapshot.Snapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots: made of running and of stopped servers, cloned, removed. */
public abstract class SnapshotContract extends EngineContract {

    @Test
    void holdsWhatWasCommittedBeforeItWasMade() throws Exception {
        String name = newName("committed");
        try (PostgresServer server =
                paddock.start(ServerSpec.create().withDatabase("shop").withUser("keeper"))) {
            ask(server, "CREATE TABLE stock AS SELECT n, repeat('x', 100) AS what FROM generate_series(1, 20000) n");
            Snapshot snapshot = server.snapshot(name);
            assertThat(snapshot.manifest().parent()).contains(server.origin().id());
            ask(server, "DELETE FROM stock");
        }
        try (PostgresServer clone = paddock.start(ServerSpec.snapshot(name))) {
            assertThat(ask(clone, "SELECT count(*) FROM stock")).isEqualTo("20000");
            assertThat(clone.connection().user()).isEqualTo("keeper");
            assertThat(clone.connection().database()).isEqualTo("shop");
        }
    }

    @Test
    void ofManyWhoWantTheSameNameAtOnceOneGetsItAndTheOthersLeaveNothing() throws Exception {
        String name = newName("same");
        List<String> before =
                paddock.snapshots().list().stream().map(Snapshot::id).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            ask(server, "CREATE TABLE t AS SELECT gen_random_uuid() AS u");
            List<Future<Snapshot>> wanted = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                wanted.add(threads.submit(() -> server.snapshot(name)));
            }
            int made = 0;
            for (Future<Snapshot> each : wanted) {
                try {
                    each.get(2, TimeUnit.MINUTES);
                    made++;
                } catch (ExecutionException refused) {
                    assertThat(refused).hasMessageContaining("a snapshot '" + name + "'");
                }
            }
            assertThat(made).isEqualTo(1);
            assertThat(paddock.snapshots().list().stream().map(Snapshot::id).filter(id -> !before.contains(id)))
                    .containsExactly(paddock.snapshots().get(name).id());
        } finally {
            threads.shutdown();
            paddock.snapshots().remove(name);
        }
    }

    @Test
    void leavesTheServersConnectionsAndTransactionsAlone() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.create());
                Connection busy = server.database().dataSource().getConnection();
                Statement statement = busy.createStatement()) {
            statement.execute("CREATE TABLE t (a int)");
            busy.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (1)");
            String name = newName("busy");
            server.snapshot(name);
            statement.execute("INSERT INTO t VALUES (2)");
            busy.commit();
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
            try (PostgresServer clone = paddock.start(ServerSpec.snapshot(name))) {
                assertThat(ask(clone, "SELECT count(*) FROM t")).isEqualTo("0");
            }
        }
    }

    @Test
    void isNeverChangedByItsClones() throws Exception {
        String name = newName("immutable");
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            ask(server, "CREATE TABLE t AS SELECT generate_series(1, 1000) AS n");
            server.snapshot(name);
        }
        for (int round = 0; round < 2; round++) {
            try (PostgresServer clone = paddock.start(ServerSpec.snapshot(name))) {
                assertThat(ask(clone, "SELECT sum(n) FROM t")).isEqualTo("500500");
                ask(clone, "UPDATE t SET n = 0");
                ask(clone, "VACUUM FULL t");
                ask(clone, "CHECKPOINT");
            }
        }
    }

    @Test
    void canBeMadeOfAClonesClone() throws Exception {
        String first = newName("first");
        String second = newName("second");
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            ask(server, "CREATE TABLE a (n int)");
            server.snapshot(first);
        }
        try (PostgresServer server = paddock.start(ServerSpec.snapshot(first))) {
            ask(server, "CREATE TABLE b (n int)");
            server.snapshot(second);
        }
        paddock.snapshots().remove(first);
        try (PostgresServer server = paddock.start(ServerSpec.snapshot(second))) {
            assertThat(ask(server, "SELECT to_regclass('a')::text || to_regclass('b')::text"))
                    .isEqualTo("ab");
        }
    }

    @Test
    void isFoundByNameAndByTheBeginningOfItsId() {
        String name = newName("found");
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            Snapshot made = server.snapshot(name);
            assertThat(paddock.snapshots().get(name).id()).isEqualTo(made.id());
            assertThat(paddock.snapshots().get(made.id().substring(0, 12)).name())
                    .contains(name);
            assertThat(paddock.snapshots().list()).extracting(Snapshot::label).contains(name);
            assertThatThrownBy(() -> server.snapshot(name))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("already");
        }
        paddock.snapshots().remove(name);
        assertThat(paddock.snapshots().find(name)).isEmpty();
    }

    @Test
    void isRefusedWhereItIsUnknownOrItsNameImpossible() {
        assertThatThrownBy(() -> paddock.start(ServerSpec.snapshot("no-such-thing")))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("there is no snapshot 'no-such-thing'");
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            assertThatThrownBy(() -> server.snapshot("../escape")).isInstanceOf(InvalidSpecException.class);
        }
    }

    @Test
    void isRefusedWhereDataLiesElsewhereWithTheWayToBringItIn() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            ask(server, "COPY (SELECT 1) TO PROGRAM 'ln -s /srv elsewhere'");

            assertThatThrownBy(() -> server.snapshot(newName("elsewhere")))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("elsewhere")
                    .hasMessageContaining("is a symbolic link")
                    .extracting(failure -> ((PaddockException) failure).hint().orElse(""))
                    .asString()
                    .contains("SET TABLESPACE");
        }
    }

    @Test
    void keepsDataOnDiskForTheNextServer(@TempDir Path temp) throws Exception {
        ServerSpec spec =
                ServerSpec.create().withStorage(new Storage.OnDisk(open(temp).resolve("disk")));
        String url;
        try (PostgresServer server = paddock.start(spec)) {
            ask(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            // So that whoever kills the server takes nothing that was committed.
            assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
            url = server.database().uri();
            assertThatThrownBy(() -> paddock.start(spec))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("a server is running on");
        }
        try (PostgresServer server = paddock.start(spec)) {
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(server.database().uri()).isEqualTo(url);
        }
        String name = newName("disk");
        paddock.freeze(open(temp).resolve("disk"), name);
        try (PostgresServer clone = paddock.start(ServerSpec.snapshot(name))) {
            assertThat(ask(clone, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void touchesNoFolderThatHoldsSomethingElse(@TempDir Path temp) throws Exception {
        Path precious = java.nio.file.Files.writeString(temp.resolve("thesis.txt"), "years of work");
        assertThatThrownBy(() -> paddock.start(ServerSpec.create().withStorage(new Storage.OnDisk(temp))))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("holds something else");
        assertThat(precious).hasContent("years of work");
        assertThat(temp).isDirectoryContaining(each -> each.equals(precious));
    }
}
