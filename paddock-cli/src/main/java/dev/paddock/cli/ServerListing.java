package dev.paddock.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.paddock.Paddock;
import dev.paddock.cli.terminal.Json;
import dev.paddock.engine.EngineServer;
import dev.paddock.engine.EngineService;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerEnd;
import dev.paddock.registry.DamagedRecordException;
import dev.paddock.registry.RegisteredServer;
import dev.paddock.registry.ServerRecord;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The standing servers as JSON: clusters of one node each, so far.
 *
 * @param damaged those of which nothing is known but the name
 */
record ServerListing(Paddock paddock, List<RegisteredServer> servers, List<DamagedRecordException> damaged)
        implements Json.Content {
    static final String RUNNING = "running";
    static final String FAILED = "failed";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (RegisteredServer each : servers) {
            ServerRecord server = each.record();
            json.writeStartObject();
            json.writeStringField("name", server.name());
            json.writeStringField("engine", server.engine());
            json.writeStringField("postgres", server.version().toString());
            List<EngineService> services = services(paddock, each);
            json.writeStringField("state", state(each, services));
            if (each.doubt().isPresent()) {
                json.writeStringField(
                        "reason", String.valueOf(each.doubt().get().getMessage()));
            }
            if (each.end().isPresent()) {
                ServerEnd end = each.end().get();
                json.writeStringField("reason", end.reason());
                if (end.when().isPresent()) {
                    json.writeStringField("ended", end.when().get().toString());
                } else {
                    json.writeNullField("ended");
                }
                json.writeArrayFieldStart("log");
                for (String line : end.lastLogLines()) {
                    json.writeString(line);
                }
                json.writeEndArray();
            }
            json.writeArrayFieldStart("servers");
            writeNode(json, each);
            json.writeEndArray();
            writeServices(json, services);
            json.writeEndObject();
        }
        for (DamagedRecordException each : damaged) {
            writeDamaged(json, each);
        }
        json.writeEndArray();
    }

    /** With all the fields of one that has failed, so that programs find what they look for. */
    private static void writeDamaged(JsonGenerator json, DamagedRecordException server) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", server.name());
        json.writeNullField("engine");
        json.writeNullField("postgres");
        json.writeStringField("state", FAILED);
        json.writeStringField("reason", String.valueOf(server.getMessage()));
        json.writeNullField("ended");
        json.writeArrayFieldStart("log");
        json.writeEndArray();
        json.writeArrayFieldStart("servers");
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Left out where there is nothing beside the server. */
    private static void writeServices(JsonGenerator json, List<EngineService> services) throws IOException {
        if (services.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("services");
        for (EngineService each : services) {
            json.writeStartObject();
            json.writeStringField("name", each.name());
            Optional<ServerEnd> end = each.ended();
            json.writeStringField("state", end.isPresent() ? FAILED : RUNNING);
            if (end.isPresent()) {
                json.writeStringField("reason", end.get().reason());
            }
            json.writeStringField("container", each.identity());
            json.writeObjectFieldStart("ports");
            for (Map.Entry<Integer, Integer> port : each.ports().entrySet()) {
                json.writeNumberField(port.getKey().toString(), port.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Those that run beside it, or should. */
    static List<EngineService> services(Paddock paddock, RegisteredServer server) {
        return server.doubt().isPresent() || server.hasFailed() ? List.of() : paddock.services(server.record());
    }

    /** {@code failed} if anything of it is. */
    static String state(RegisteredServer server, List<EngineService> services) {
        boolean all = services.stream().allMatch(each -> each.ended().isEmpty());
        return all ? state(server) : FAILED;
    }

    /** {@code failed} also while its engine can't be asked: nobody can rely on it then. */
    private static String state(RegisteredServer server) {
        return server.doubt().isPresent() || server.hasFailed() ? FAILED : RUNNING;
    }

    private void writeNode(JsonGenerator json, RegisteredServer each) throws IOException {
        ServerRecord server = each.record();
        json.writeStartObject();
        json.writeStringField("name", ServerName.FIRST_NODE);
        json.writeStringField("role", "primary");
        json.writeStringField("state", state(each));
        json.writeStringField("host", server.connection().host());
        json.writeNumberField("port", server.connection().port());
        OptionalInt timeline = each.doubt().isPresent() || each.hasFailed() ? OptionalInt.empty() : timeline(server);
        if (timeline.isPresent()) {
            json.writeNumberField("timeline", timeline.getAsInt());
        } else {
            json.writeNullField("timeline");
        }
        json.writeNumberField("lag_bytes", 0);
        json.writeStringField("storage", server.storage());
        json.writeStringField("pid_or_container", server.identity());
        json.writeEndObject();
    }

    /** Absent if the server, though running, answers nobody right now. */
    private OptionalInt timeline(ServerRecord server) {
        // The server isn't closed: that would stop it.
        try (WireConnection control = paddock.attach(server).control(EngineServer.MAINTENANCE, PATIENCE)) {
            return OptionalInt.of((int) control.number("SELECT timeline_id FROM pg_control_checkpoint()"));
        } catch (PaddockException unanswered) {
            return OptionalInt.empty();
        }
    }
}
