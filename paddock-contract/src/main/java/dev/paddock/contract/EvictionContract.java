package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.PostgresServer;
import dev.paddock.model.ByteSize;
import dev.paddock.model.ServerSpec;
import dev.paddock.snapshot.Retention;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What Paddock made for itself leaves the cache again. */
public abstract class EvictionContract extends EngineContract {
    private static final Retention NOTHING = new Retention(new ByteSize(1), Duration.ofDays(1000));
    private static final Retention A_WEEK = new Retention(ByteSize.ofMegabytes(1024 * 1024), Duration.ofDays(7));

    private Snapshot template(Duration unusedFor) throws IOException {
        Snapshot made = paddock.template(TemplateSpec.of(ServerSpec.create())
                .with(Layer.code(
                        newName("layer"), database -> database.getConnection().close())));
        // As if nobody had asked for it since.
        Files.deleteIfExists(made.folder().resolve("used"));
        Files.createFile(made.folder().resolve("used"));
        Files.setLastModifiedTime(
                made.folder().resolve("used"), FileTime.from(Instant.now().minus(unusedFor)));
        return made;
    }

    private boolean exists(Snapshot snapshot) {
        return Files.exists(snapshot.folder());
    }

    @Test
    void templatesThatNobodyUsedForLongAreEvicted() throws IOException {
        Snapshot old = template(Duration.ofDays(8));
        Snapshot young = template(Duration.ofDays(6));
        paddock.snapshots().evict(A_WEEK);
        assertThat(exists(old)).isFalse();
        assertThat(exists(young)).isTrue();
    }

    @Test
    void theLeastRecentlyUsedGoUntilTheRestIsSmallEnough() throws IOException {
        Snapshot older = template(Duration.ofDays(3));
        Snapshot newer = template(Duration.ofDays(2));
        // What is noted beside a snapshot's data when that is on the disk counts too.
        paddock.snapshots().settle();
        long rest = paddock.snapshots().list().stream()
                .filter(each -> each.name().isEmpty() && !each.id().equals(older.id()))
                .mapToLong(Snapshot::stored)
                .sum();
        paddock.snapshots().evict(new Retention(new ByteSize(rest), Duration.ofDays(1000)));
        assertThat(exists(older)).isFalse();
        assertThat(exists(newer)).isTrue();
    }

    @Test
    void templatesInUseStay() throws IOException {
        Snapshot used = template(Duration.ofDays(400));
        try (PostgresServer server = paddock.start(ServerSpec.snapshot(used.id()))) {
            Files.setLastModifiedTime(
                    used.folder().resolve("used"), FileTime.from(Instant.now().minus(Duration.ofDays(400))));
            paddock.snapshots().evict(NOTHING);
            assertThat(exists(used)).isEqualTo(engine.serversNeedTheirSnapshot());
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void snapshotsThatTheUserNamedStay() throws IOException {
        Snapshot template = template(Duration.ofDays(1));
        String name = newName("named");
        Snapshot named = paddock.snapshots().name(template, name);
        paddock.snapshots().evict(NOTHING);
        assertThat(exists(named)).isTrue();
        paddock.snapshots().remove(name);
    }

    @Test
    void anEvictedTemplateIsBuiltAnew() throws IOException {
        TemplateSpec spec = TemplateSpec.of(ServerSpec.create())
                .with(Layer.code(
                        newName("again"), database -> database.getConnection().close()));
        Snapshot first = paddock.template(spec);
        Files.deleteIfExists(first.folder().resolve("used"));
        Files.setLastModifiedTime(
                first.folder().resolve("manifest.properties"),
                FileTime.from(Instant.now().minus(Duration.ofDays(400))));
        paddock.snapshots().evict(NOTHING);
        assertThat(exists(first)).isFalse();
        assertThat(exists(paddock.template(spec))).isTrue();
    }
}
