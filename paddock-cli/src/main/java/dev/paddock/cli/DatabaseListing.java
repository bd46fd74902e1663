package dev.paddock.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.paddock.cli.terminal.Json;
import dev.paddock.server.Databases;
import java.io.IOException;
import java.util.List;

/** Databases as JSON. */
record DatabaseListing(List<Databases.Entry> entries) implements Json.Content {

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Databases.Entry entry : entries) {
            json.writeStartObject();
            json.writeStringField("name", entry.name());
            json.writeBooleanField("template", entry.template());
            json.writeNumberField("connections", entry.connections());
            json.writeNumberField("bytes", entry.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
