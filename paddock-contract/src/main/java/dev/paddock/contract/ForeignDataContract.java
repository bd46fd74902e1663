package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.PostgresServer;
import dev.paddock.home.Account;
import dev.paddock.model.DataFormat;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Snapshot;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Data that another platform wrote: taken as it is, rebuilt, or refused; never used as if it were this one's. */
public abstract class ForeignDataContract extends EngineContract {
    private static final DataPlatform ELSEWHERE =
            new DataPlatform(DataPlatform.hostArchitecture(), "glibc 2.17", "50.2");
    private static final DataFormat GERMAN = DataFormat.DEFAULT.withLocale("icu:de-DE");
    private static final String FILE_OF_INDEX = "SELECT pg_relation_filenode('pony_name')";

    private PostgresServer stable(DataFormat format) throws Exception {
        PostgresServer server = paddock.start(ServerSpec.postgres("18")
                .withFormat(format)
                .withDatabase("stable")
                .withUser("groom"));
        ask(server, "CREATE TABLE pony AS SELECT 'pony ' || n AS name FROM generate_series(1, 2000) AS n");
        return server;
    }

    /** The same data as if it had been written elsewhere. */
    private Snapshot movedTo(Optional<DataPlatform> platform, Snapshot snapshot) {
        Manifest facts = snapshot.manifest();
        return paddock.snapshots()
                .add(new Draft(
                        snapshot.data(),
                        Optional.of(new Draft.Base(snapshot, snapshot.folder().resolve("none"))),
                        Account.forPostgres().foreignOwner(),
                        facts.kind(),
                        facts.version(),
                        facts.origin(),
                        platform,
                        facts.format(),
                        facts.user(),
                        facts.database(),
                        facts.parent(),
                        Optional.empty(),
                        Set.of()));
    }

    private Snapshot kept(PostgresServer server) {
        return server.snapshot(newName("foreign"));
    }

    @Test
    void whatWasWrittenHereIsStartedAsItIs() throws Exception {
        Snapshot snapshot;
        try (PostgresServer server = stable(GERMAN)) {
            snapshot = kept(server);
            assertThat(snapshot.manifest().platform())
                    .isPresent()
                    .isEqualTo(server.origin().manifest().platform());
        }
        try (PostgresServer clone = paddock.start(ServerSpec.snapshot(snapshot.id()))) {
            assertThat(clone.origin().id()).isEqualTo(snapshot.id());
        }
    }

    @Test
    void dataThatIsOrderedAlikeSharesItsFilesWithTheOriginal() throws Exception {
        Snapshot snapshot;
        try (PostgresServer server = stable(DataFormat.DEFAULT)) {
            snapshot = kept(server);
        }
        Snapshot foreign = movedTo(Optional.of(ELSEWHERE), snapshot);

        try (PostgresServer clone = paddock.start(ServerSpec.snapshot(foreign.id()));
                PostgresServer second = paddock.start(ServerSpec.snapshot(foreign.id()))) {
            Snapshot fitting = clone.origin();
            assertThat(ask(clone, "SELECT count(*) FROM pony")).isEqualTo("2000");
            assertThat(fitting.id()).isNotEqualTo(foreign.id());
            assertThat(fitting.manifest().platform())
                    .isEqualTo(snapshot.manifest().platform());
            assertThat(inode(fitting)).isEqualTo(inode(snapshot));
            assertThat(second.origin().id()).isEqualTo(fitting.id());
        }
    }

    private static Object inode(Snapshot snapshot) throws Exception {
        return Files.getAttribute(snapshot.data().resolve("PG_VERSION"), "unix:ino");
    }

    @Test
    void dataOfAnUnknownPlatformIsLookedAt() throws Exception {
        Snapshot snapshot;
        try (PostgresServer server = stable(DataFormat.DEFAULT)) {
            snapshot = kept(server);
        }
        Snapshot old = movedTo(Optional.empty(), snapshot);

        try (PostgresServer clone = paddock.start(ServerSpec.snapshot(old.id()))) {
            assertThat(clone.origin().manifest().platform())
                    .isEqualTo(snapshot.manifest().platform());
        }
    }

    @Test
    void indexesOfADatabaseThatIsOrderedAnotherWayAreBuiltAnew() throws Exception {
        Snapshot snapshot;
        String file;
        try (PostgresServer server = stable(GERMAN)) {
            ask(server, "CREATE INDEX pony_name ON pony (name)");
            file = ask(server, FILE_OF_INDEX);
            ask(server, "CREATE DATABASE closed TEMPLATE stable");
            ask(server, "ALTER DATABASE closed ALLOW_CONNECTIONS false");
            ask(server, "UPDATE pg_database SET datcollversion = '1.0' WHERE datname IN ('stable', 'closed')");
            snapshot = kept(server);
        }
        Snapshot foreign = movedTo(Optional.of(ELSEWHERE), snapshot);

        try (PostgresServer clone = paddock.start(ServerSpec.snapshot(foreign.id()))) {
            assertThat(ask(clone, FILE_OF_INDEX)).isNotEqualTo(file);
            assertThat(ask(
                            clone,
                            "SELECT count(*) FROM pg_database WHERE datcollversion IS DISTINCT FROM"
                                    + " pg_database_collation_actual_version(oid)"))
                    .isEqualTo("0");
            assertThat(ask(clone, "SELECT datallowconn FROM pg_database WHERE datname = 'closed'"))
                    .isEqualTo("f");
            ask(clone, "ALTER DATABASE closed ALLOW_CONNECTIONS true");
            assertThat(ask(clone.database("closed"), FILE_OF_INDEX)).isNotEqualTo(file);
            assertThat(ask(clone, "SELECT count(*) FROM pony WHERE name = 'pony 77'"))
                    .isEqualTo("1");
            try (PostgresServer second = paddock.start(ServerSpec.snapshot(foreign.id()))) {
                assertThat(second.origin().id())
                        .as("is done once")
                        .isEqualTo(clone.origin().id());
            }
            assertThat(kept(clone).manifest().platform())
                    .isEqualTo(clone.origin().manifest().platform());
        }
    }

    @Test
    void indexesThatDependOnACollationWhichIsAnotherAreBuiltAnew() throws Exception {
        Snapshot snapshot;
        String file;
        try (PostgresServer server = stable(DataFormat.DEFAULT)) {
            ask(server, "CREATE INDEX pony_name ON pony (name COLLATE \"de-x-icu\")");
            file = ask(server, FILE_OF_INDEX);
            ask(server, "UPDATE pg_collation SET collversion = '1.0' WHERE collname = 'de-x-icu'");
            snapshot = kept(server);
        }
        Snapshot foreign = movedTo(Optional.of(ELSEWHERE), snapshot);

        try (PostgresServer clone = paddock.start(ServerSpec.snapshot(foreign.id()))) {
            assertThat(ask(clone, FILE_OF_INDEX)).isNotEqualTo(file);
            assertThat(ask(clone, "SELECT collversion <> '1.0' FROM pg_collation WHERE collname = 'de-x-icu'"))
                    .isEqualTo("t");
        }
    }

    @Test
    void versionsOfCollationsThatNothingUsesAreNotedWithoutBuildingAnything() throws Exception {
        Snapshot snapshot;
        String file;
        try (PostgresServer server = stable(DataFormat.DEFAULT)) {
            ask(server, "CREATE INDEX pony_name ON pony (name)");
            file = ask(server, FILE_OF_INDEX);
            ask(server, "UPDATE pg_collation SET collversion = '1.0' WHERE collname = 'de-x-icu'");
            snapshot = kept(server);
        }
        Snapshot foreign = movedTo(Optional.of(ELSEWHERE), snapshot);

        try (PostgresServer clone = paddock.start(ServerSpec.snapshot(foreign.id()))) {
            assertThat(ask(clone, FILE_OF_INDEX)).isEqualTo(file);
            assertThat(ask(clone, "SELECT collversion <> '1.0' FROM pg_collation WHERE collname = 'de-x-icu'"))
                    .isEqualTo("t");
        }
    }

    @Test
    void dataOfAnotherProcessorIsRefused() throws Exception {
        Snapshot snapshot;
        try (PostgresServer server = stable(DataFormat.DEFAULT)) {
            snapshot = kept(server);
        }
        Snapshot foreign = movedTo(Optional.of(new DataPlatform("s390x", "glibc 2.36", "60.2")), snapshot);

        assertThatThrownBy(() -> paddock.start(ServerSpec.snapshot(foreign.id())))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("was written on s390x, and a server on " + DataPlatform.hostArchitecture())
                .extracting(failure -> ((PaddockException) failure).hint().orElse(""))
                .asString()
                .contains("dump");
    }

    @Test
    void aLocaleThatIsNotThereIsRefusedAndLeavesNothing() throws Exception {
        Snapshot snapshot;
        try (PostgresServer server = stable(DataFormat.DEFAULT)) {
            ask(server, "CREATE DATABASE abroad");
            ask(server, "UPDATE pg_database SET datcollate = 'xx_XX.utf8' WHERE datname = 'abroad'");
            snapshot = kept(server);
        }
        Snapshot foreign = movedTo(Optional.of(ELSEWHERE), snapshot);
        List<String> before =
                paddock.snapshots().list().stream().map(Snapshot::id).toList();

        assertThatThrownBy(() -> paddock.start(ServerSpec.snapshot(foreign.id())))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("glibc 2.17, ICU 50.2 and can't be used on")
                .hasMessageContaining("xx_XX.utf8")
                .extracting(failure -> ((PaddockException) failure).hint().orElse(""))
                .asString()
                .contains("locale");
        assertThat(paddock.snapshots().list().stream().map(Snapshot::id)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void partitionsByRangesOfTextAreRefused() throws Exception {
        Snapshot snapshot;
        try (PostgresServer server = stable(GERMAN)) {
            ask(server, "CREATE TABLE herd (name text) PARTITION BY RANGE (name)");
            ask(server, "CREATE TABLE herd_a PARTITION OF herd FOR VALUES FROM ('a') TO ('m')");
            ask(server, "UPDATE pg_database SET datcollversion = '1.0' WHERE datname = 'stable'");
            snapshot = kept(server);
        }
        Snapshot foreign = movedTo(Optional.of(ELSEWHERE), snapshot);

        assertThatThrownBy(() -> paddock.start(ServerSpec.snapshot(foreign.id())))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("the partitions of public.herd in the database stable are ranges of text");
    }
}
