package dev.paddock.registry;

import dev.paddock.home.CheckedFile;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A server's record as a properties file. */
final class RecordFile {
    private static final String HANDLE = "handle.";

    private RecordFile() {}

    static void write(Path file, ServerRecord server) throws IOException {
        Properties facts = new Properties();
        facts.setProperty("name", server.name());
        facts.setProperty("engine", server.engine());
        facts.setProperty("version", server.version().toString());
        facts.setProperty("host", server.connection().host());
        facts.setProperty("port", Integer.toString(server.connection().port()));
        facts.setProperty("user", server.connection().user());
        facts.setProperty("password", server.connection().password().value());
        facts.setProperty("database", server.connection().database());
        if (server.connection().tls()) {
            facts.setProperty("tls", "true");
        }
        server.template().ifPresent(template -> facts.setProperty("template", template));
        server.socketFolder().ifPresent(folder -> facts.setProperty("socket_folder", folder.toString()));
        facts.setProperty("storage", server.storage());
        facts.setProperty("identity", server.identity());
        facts.setProperty("started", server.started().toString());
        server.until().ifPresent(until -> facts.setProperty("until", until.toString()));
        server.handle().forEach((name, value) -> facts.setProperty(HANDLE + name, value));
        StringWriter text = new StringWriter();
        facts.store(text, null);
        new CheckedFile(file).keep(text.toString());
    }

    /** @throws DamagedRecordException if the file isn't what was written */
    static Optional<ServerRecord> read(String name, Path file) {
        Optional<String> text = new CheckedFile(file).read();
        if (text.isEmpty() && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            ServerRecord record = read(file, text.orElseThrow(() -> new IOException("it isn't what was written")));
            if (!record.name().equals(name)) {
                throw new IOException("it is that of the server '" + record.name() + "'");
            }
            return Optional.of(record);
        } catch (IOException | RuntimeException damaged) {
            throw new DamagedRecordException(name, file, String.valueOf(damaged.getMessage()));
        }
    }

    private static ServerRecord read(Path file, String text) throws IOException {
        Properties facts = new Properties();
        facts.load(new StringReader(text));
        Map<String, String> handle = new HashMap<>();
        for (String name : facts.stringPropertyNames()) {
            if (name.startsWith(HANDLE)) {
                handle.put(name.substring(HANDLE.length()), facts.getProperty(name));
            }
        }
        return new ServerRecord(
                fact(facts, "name", file),
                fact(facts, "engine", file),
                PostgresVersion.parse(fact(facts, "version", file)),
                new ConnectionInfo(
                                fact(facts, "host", file),
                                Integer.parseInt(fact(facts, "port", file)),
                                fact(facts, "user", file),
                                new Secret(fact(facts, "password", file)),
                                fact(facts, "database", file))
                        .withTls(Boolean.parseBoolean(facts.getProperty("tls"))),
                Optional.ofNullable(facts.getProperty("template")),
                Optional.ofNullable(facts.getProperty("socket_folder")).map(Path::of),
                fact(facts, "storage", file),
                fact(facts, "identity", file),
                Instant.parse(fact(facts, "started", file)),
                Optional.ofNullable(facts.getProperty("until")).map(Instant::parse),
                handle);
    }

    private static String fact(Properties facts, String name, Path file) {
        String value = facts.getProperty(name);
        if (value == null) {
            throw new PaddockException(file + " lacks '" + name + "'", "remove that file");
        }
        return value;
    }
}
