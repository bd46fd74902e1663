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
            entries.put("paddock.jdbc", kept.connection().jdbcUrl());
            entries.put("paddock.connect", "paddock psql " + kept.name());
        });
        return entries;
    }

    /** In one line. */
    @Override
    public String toString() {
        return "report: " + page
                + server.map(kept -> "; database: " + kept.connection().jdbcUrl() + " (its password is in the report)")
                        .orElse("");
    }
}
