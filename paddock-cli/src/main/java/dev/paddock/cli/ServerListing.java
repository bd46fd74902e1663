package dev.paddock.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.paddock.cli.terminal.Json;
import dev.paddock.engine.Engine;
import dev.paddock.model.PaddockException;
import dev.paddock.registry.ServerRecord;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** The standing servers as JSON: clusters of one node each, so far. */
record ServerListing(Engine engine, List<ServerRecord> servers) implements Json.Content {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (ServerRecord server : servers) {
            json.writeStartObject();
            json.writeStringField("name", server.name());
            json.writeStringField("engine", server.engine());
            json.writeStringField("postgres", server.version().toString());
            json.writeStringField("state", "running");
            json.writeArrayFieldStart("servers");
            writeNode(json, server);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeNode(JsonGenerator json, ServerRecord server) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", ServerName.FIRST_NODE);
        json.writeStringField("role", "primary");
        json.writeStringField("state", "running");
        json.writeStringField("host", server.connection().host());
        json.writeNumberField("port", server.connection().port());
        OptionalInt timeline = timeline(server);
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
        try (WireConnection control = engine.attach(server.handle()).connect("postgres", "postgres", PATIENCE)) {
            return OptionalInt.of(Integer.parseInt(control.query("SELECT timeline_id FROM pg_control_checkpoint()")
                    .get(0)
                    .get(0)
                    .orElseThrow()));
        } catch (PaddockException unanswered) {
            return OptionalInt.empty();
        }
    }
}
