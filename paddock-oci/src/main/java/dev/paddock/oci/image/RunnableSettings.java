package dev.paddock.oci.image;

import dev.paddock.oci.layer.DataArchive;
import dev.paddock.oci.layer.Owner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small layer above the data that makes it useful to whoever runs the image without Paddock: it listens beyond the container, and lets nobody
 * in over TCP without a password. The layer with the data below stays what the snapshot is.
 */
final class RunnableSettings {
    private static final String ACCESS = """
            # Inside the container, whoever may run programs there may be anybody. Over TCP everybody needs a password.
            local all all trust
            local replication all trust
            host all all all scram-sha-256
            host replication all all scram-sha-256
            """;
    private static final String LISTENING = "\nlisten_addresses = '*'\npassword_encryption = 'scram-sha-256'\n";

    private RunnableSettings() {}

    static void write(Path data, String target, Owner owner, OutputStream to) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("pg_hba.conf", ACCESS.getBytes(StandardCharsets.UTF_8));
        String settings = Files.readString(data.resolve("postgresql.conf"), StandardCharsets.ISO_8859_1);
        files.put("postgresql.conf", (settings + LISTENING).getBytes(StandardCharsets.ISO_8859_1));
        DataArchive.write(files, target, owner, to);
    }
}
