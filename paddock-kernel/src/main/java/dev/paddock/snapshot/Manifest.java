package dev.paddock.snapshot;

import dev.paddock.home.WholeFile;
import dev.paddock.model.ByteSize;
import dev.paddock.model.DataFormat;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What is known of a snapshot without starting it.
 *
 * @param id SHA-256 over its files and this manifest's other facts, in hexadecimal
 * @param origin the installation that wrote it, such as {@code 18.6-linux-amd64}
 * @param platform what it was written on; unknown to snapshots that are older than this fact
 * @param user the superuser whom a clone's clients connect as unless told otherwise
 * @param copies how many copies of its database are in it, called like it with {@code _1}, {@code _2}, … behind
 * @param bytes the sum of its files' sizes, each counted once
 * @param stored how much of that it doesn't share with the snapshot that it was made from
 */
public record Manifest(
        String id,
        Kind kind,
        PostgresVersion version,
        String origin,
        Optional<DataPlatform> platform,
        DataFormat format,
        String user,
        String database,
        Optional<String> parent,
        int copies,
        Instant created,
        int files,
        long bytes,
        long stored) {

    static final String FILE = "manifest.properties";

    /** Whether the id is that of these files, by name, and of the facts that it stands for. */
    boolean isOf(Map<String, String> digests) {
        return id.equals(id(version, origin, platform, format, user, database, digests));
    }

    /** Of data that was copied just now. */
    static Manifest of(Draft draft, DirectoryCapture capture) {
        return new Manifest(
                id(
                        draft.version(),
                        draft.origin(),
                        draft.platform(),
                        draft.format(),
                        draft.user(),
                        draft.database(),
                        capture.digests()),
                draft.kind(),
                draft.version(),
                draft.origin(),
                draft.platform(),
                draft.format(),
                draft.user(),
                draft.database(),
                draft.parent(),
                draft.duplication().map(twice -> twice.copies().size()).orElse(0),
                Instant.now(),
                capture.digests().size(),
                capture.bytes(),
                capture.stored());
    }

    static String id(
            PostgresVersion version,
            String origin,
            Optional<DataPlatform> platform,
            DataFormat format,
            String user,
            String database,
            Map<String, String> digests) {
        StringBuilder content = new StringBuilder()
                .append(version)
                .append(origin)
                .append(format)
                .append(user)
                .append('\0')
                .append(database);
        platform.ifPresent(value -> content.append('\0').append(value));
        new TreeMap<>(digests)
                .forEach((name, digest) ->
                        content.append('\n').append(digest).append("  ").append(name));
        return HexFormat.of()
                .formatHex(DirectoryCapture.sha256().digest(content.toString().getBytes(StandardCharsets.UTF_8)));
    }

    void write(Path folder) throws IOException {
        Properties facts = new Properties();
        facts.setProperty("id", id);
        facts.setProperty("kind", kind.name());
        facts.setProperty("version", version.toString());
        facts.setProperty("origin", origin);
        platform.ifPresent(value -> facts.setProperty("platform", value.toString()));
        facts.setProperty("locale", format.locale());
        facts.setProperty("encoding", format.encoding());
        facts.setProperty("checksums", Boolean.toString(format.checksums()));
        facts.setProperty("wal_segment", format.walSegment().toString());
        facts.setProperty("user", user);
        facts.setProperty("database", database);
        parent.ifPresent(value -> facts.setProperty("parent", value));
        facts.setProperty("copies", Integer.toString(copies));
        facts.setProperty("created", Long.toString(created.toEpochMilli()));
        facts.setProperty("files", Integer.toString(files));
        facts.setProperty("bytes", Long.toString(bytes));
        facts.setProperty("stored", Long.toString(stored));
        StringWriter text = new StringWriter();
        facts.store(text, null);
        // In a folder of the user's, a link or a pipe may have its name.
        WholeFile.write(folder.resolve(FILE), text.toString());
    }

    static Manifest read(Path folder) {
        Path file = folder.resolve(FILE);
        Properties facts = new Properties();
        try (Reader reader = new StringReader(WholeFile.read(file))) {
            facts.load(reader);
            return new Manifest(
                    fact(facts, "id"),
                    Kind.valueOf(fact(facts, "kind")),
                    PostgresVersion.parse(fact(facts, "version")),
                    fact(facts, "origin"),
                    Optional.ofNullable(facts.getProperty("platform")).map(DataPlatform::parse),
                    new DataFormat(
                            fact(facts, "locale"),
                            fact(facts, "encoding"),
                            Boolean.parseBoolean(fact(facts, "checksums")),
                            ByteSize.parse(fact(facts, "wal_segment"))),
                    fact(facts, "user"),
                    fact(facts, "database"),
                    Optional.ofNullable(facts.getProperty("parent")),
                    Integer.parseInt(facts.getProperty("copies", "0")),
                    created(fact(facts, "created")),
                    Integer.parseInt(fact(facts, "files")),
                    Long.parseLong(fact(facts, "bytes")),
                    Long.parseLong(facts.getProperty("stored", fact(facts, "bytes"))));
        } catch (NoSuchFileException gone) {
            throw new PaddockException("there is no snapshot in " + folder, gone);
        } catch (IOException | PaddockException damaged) {
            throw unreadable(file, String.valueOf(damaged.getMessage()), damaged);
        } catch (RuntimeException damaged) {
            // It tells of the word alone that could not be read.
            throw unreadable(file, "it is not as it was written", damaged);
        }
    }

    private static PaddockException unreadable(Path file, String reason, Exception cause) {
        return new PaddockException(
                "the manifest " + file + " can't be read: " + reason, "put that file back from a backup", cause);
    }

    /** In milliseconds, which a fresh JVM reads at once; a date takes it longer than the rest of the file. */
    private static Instant created(String text) {
        return text.indexOf('T') < 0 ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text);
    }

    private static String fact(Properties facts, String name) {
        String value = facts.getProperty(name);
        if (value == null) {
            throw new PaddockException("'" + name + "' is missing");
        }
        return value;
    }
}
