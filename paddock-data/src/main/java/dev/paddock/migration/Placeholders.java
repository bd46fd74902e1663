package dev.paddock.migration;

import static java.util.Map.entry;

import dev.paddock.database.Database;
import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The placeholders that Flyway fills without being told how. */
final class Placeholders {
    private static final String BEGIN = "${";
    private static final String END = "}";
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final Map<String, String> values;

    Placeholders(Database database, String fileName) {
        this.values = Map.ofEntries(
                entry("flyway:defaultSchema", "public"),
                entry("flyway:user", database.user()),
                entry("flyway:database", database.name()),
                entry("flyway:timestamp", TIMESTAMP.format(LocalDateTime.now(ZoneId.systemDefault()))),
                entry("flyway:filename", fileName),
                entry("flyway:workingDirectory", Path.of("").toAbsolutePath().toString()),
                entry("flyway:table", "flyway_schema_history"),
                entry("flyway:environment", "default"));
    }

    /** @throws PaddockException if there is one that has no value */
    String fill(String name, String text) {
        StringBuilder filled = new StringBuilder(text.length());
        int done = 0;
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, done)) {
            int end = text.indexOf(END, at);
            if (end < 0) {
                break;
            }
            String placeholder = text.substring(at + BEGIN.length(), end);
            @Nullable String value = values.get(placeholder);
            if (value == null) {
                throw unknown(name, text, at, placeholder);
            }
            filled.append(text, done, at).append(value);
            done = end + END.length();
        }
        return filled.append(text, done, text.length()).toString();
    }

    private static PaddockException unknown(String name, String text, int at, String placeholder) {
        long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        String shown = placeholder.lines().findFirst().orElse("");
        return new PaddockException(
                name + ", line " + line + ": nothing is known to put in for the placeholder ${" + shown + "}",
                "if it is none, write placeholderReplacement=false into " + name + ".conf; if it is one, run Flyway"
                        + " yourself in a layer of code");
    }
}
