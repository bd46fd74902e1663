package dev.paddock.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Secret;
import dev.paddock.model.ServerEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server has ended, and before what is known of it is removed, there is another of its name. */
final class ReplacedServerTest {
    private static final ServerEnd ENDED = new ServerEnd(Optional.empty(), "has ended", List.of());

    private final PaddockHome home;
    private final ServerRecord first = server("first", Optional.empty());
    private final ServerRecord second = server("second", Optional.empty());

    ReplacedServerTest(@TempDir Path folder) {
        this.home = PaddockHome.under(folder);
    }

    private static ServerRecord server(String identity, Optional<Instant> until) {
        return new ServerRecord(
                "pony",
                "embedded",
                PostgresVersion.parse("18.0"),
                new ConnectionInfo("127.0.0.1", 5432, "postgres", Secret.generate(), "postgres"),
                Optional.empty(),
                Optional.empty(),
                "overlay",
                identity,
                Instant.now().minus(identity.equals("first") ? Duration.ofMinutes(1) : Duration.ZERO),
                until,
                Map.of());
    }

    private ServerRegistry registry(Function<ServerRecord, Optional<ServerEnd>> end) {
        return new ServerRegistry(home, end);
    }

    private ServerRegistry whereAllRun() {
        return registry(server -> Optional.empty());
    }

    /** As who starts it does, who has seen that the one before has failed. */
    private void record(ServerRecord server) {
        try (ServerRegistry.Claim claim = registry(before -> Optional.of(ENDED)).claim("pony")) {
            claim.fulfil(server);
        }
    }

    @Test
    void whoRemovesTheFirstLeavesTheRecordOfTheSecond() {
        record(first);
        record(second);

        whereAllRun().remove(first);
        assertThat(whereAllRun().find("pony")).contains(second);

        whereAllRun().remove(second);
        assertThat(whereAllRun().find("pony")).isEmpty();
    }

    @Test
    void whoMeetsTheFirstAfterItsTimeLeavesTheRecordOfTheSecond() {
        ServerRecord over = server("first", Optional.of(Instant.now().minusSeconds(1)));
        record(over);
        ServerRegistry slow = registry(server -> {
            record(second);
            return Optional.of(ENDED);
        });

        assertThat(slow.look("pony")).isEmpty();

        assertThat(whereAllRun().find("pony")).contains(second);
    }

    @Test
    void whatIsToldOfTheFirstIsNeverTakenForTheEndOfTheSecond() throws IOException {
        record(first);
        Files.writeString(whereAllRun().note(first), "0\n137\n");
        record(second);
        assertThat(whereAllRun().note(first)).doesNotExist();

        // Late, by a keeper that nobody has ended.
        Files.writeString(whereAllRun().note(first), "0\n137\n");
        assertThat(whereAllRun().note(second)).doesNotExist();

        whereAllRun().remove(second);
        assertThat(home.stateFolder("servers")).isEmptyDirectory();
    }
}
