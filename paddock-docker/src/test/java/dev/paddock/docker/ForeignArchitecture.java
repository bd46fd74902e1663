package dev.paddock.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes the archive of an image that of one for another processor. */
final class ForeignArchitecture {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ForeignArchitecture() {}

    static void rewrite(Path archive, String name) throws IOException {
        Map<TarArchiveEntry, byte[]> entries = new LinkedHashMap<>();
        String config = "";
        try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(archive))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().equals("manifest.json")) {
                    ArrayNode manifest = (ArrayNode) JSON.readTree(content);
                    config = manifest.get(0).path("Config").asText();
                    ((ObjectNode) manifest.get(0)).putArray("RepoTags").add(name);
                    content = JSON.writeValueAsBytes(manifest);
                }
                if (!entry.getName().equals("repositories")) {
                    entries.put(entry, content);
                }
            }
        }
        ByteArrayOutputStream rewritten = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(rewritten)) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<TarArchiveEntry, byte[]> each : entries.entrySet()) {
                TarArchiveEntry entry = each.getKey();
                byte[] content = each.getValue();
                if (entry.getName().equals(config)) {
                    JsonNode facts = JSON.readTree(new ByteArrayInputStream(content));
                    content = JSON.writeValueAsBytes(((ObjectNode) facts).put("architecture", "arm64"));
                }
                entry.setSize(content.length);
                out.putArchiveEntry(entry);
                out.write(content);
                out.closeArchiveEntry();
            }
        }
        Files.write(archive, rewritten.toByteArray());
    }
}
