package dev.paddock.failure;

import dev.paddock.registry.ServerRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where to look after a failure.
 *
 * @param page the report
 * @param server where the database is kept, if it is
 */
public record Left(Path page, Optional<ServerRecord> server) {

    /** For JUnit's report; without the password, which the page has. */
    public Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("paddock.report", page.toString());
        server.ifPresent(kept -> {
            entries.put("paddock.connect", command(kept));
            entries.put("paddock.jdbc", kept.connection().jdbcUrl());
        });
        return entries;
    }

    private static String command(ServerRecord kept) {
        return "paddock psql " + kept.name();
    }

    /** In one line. */
    @Override
    public String toString() {
        return "report: " + page
                + server.map(kept -> "; database: " + command(kept)).orElse("");
    }
}
