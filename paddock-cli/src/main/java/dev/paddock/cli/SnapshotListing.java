package dev.paddock.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.paddock.cli.terminal.Json;
import dev.paddock.snapshot.DamagedSnapshot;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Snapshot;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Snapshots as JSON. */
final class SnapshotListing {
    private SnapshotListing() {}

    static Json.Content of(List<Snapshot> snapshots, List<DamagedSnapshot> damaged) {
        return json -> {
            json.writeStartArray();
            for (Snapshot snapshot : snapshots) {
                write(json, snapshot);
            }
            for (DamagedSnapshot each : damaged) {
                json.writeStartObject();
                optional(json, "name", each.name());
                optional(json, "id", each.id());
                json.writeStringField("kind", "damaged");
                json.writeStringField("reason", each.reason());
                json.writeStringField("folder", each.place().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
        };
    }

    static Json.Content of(Snapshot snapshot) {
        return json -> write(json, snapshot);
    }

    private static void write(JsonGenerator json, Snapshot snapshot) throws IOException {
        Manifest manifest = snapshot.manifest();
        json.writeStartObject();
        optional(json, "name", snapshot.name());
        json.writeStringField("id", manifest.id());
        json.writeStringField("kind", manifest.kind().toString());
        json.writeStringField("postgres", manifest.version().toString());
        json.writeStringField("origin", manifest.origin());
        optional(json, "platform", manifest.platform().map(Object::toString));
        json.writeStringField("locale", manifest.format().locale());
        json.writeStringField("encoding", manifest.format().encoding());
        json.writeBooleanField("checksums", manifest.format().checksums());
        json.writeStringField("wal_segment", manifest.format().walSegment().toString());
        json.writeStringField("user", manifest.user());
        json.writeStringField("database", manifest.database());
        optional(json, "parent", manifest.parent());
        json.writeStringField("created", manifest.created().toString());
        json.writeNumberField("files", manifest.files());
        json.writeNumberField("bytes", manifest.bytes());
        json.writeArrayFieldStart("images");
        for (String image : snapshot.images()) {
            json.writeString(image);
        }
        json.writeEndArray();
        json.writeStringField("folder", snapshot.folder().toString());
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        } else {
            json.writeNullField(name);
        }
    }
}
