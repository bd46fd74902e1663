package dev.paddock.failure;

import dev.paddock.database.Database;
import dev.paddock.evidence.Difference;
import dev.paddock.evidence.DifferenceLimits;
import dev.paddock.evidence.Evidence;
import dev.paddock.evidence.EvidenceReport;
import dev.paddock.model.PaddockException;
import dev.paddock.registry.ServerRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is written about one database of a failed test.
 *
 * @param kept where the database is kept, if it is
 */
record FailureReport(String test, Throwable failure, FailedDatabase database, Optional<ServerRecord> kept) {

    /** @return the page to read first */
    Path write(Path folder) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        List<String> notes = new ArrayList<>();
        Evidence evidence = Evidence.of(test, trace.toString())
                .withStatements(database.statements(), database.forgotten())
                .withServerLog(database.serverLog())
                .withConnect(kept.map(FailureReport::ways).orElse(List.of()));
        Optional<Difference> difference = difference(notes);
        if (difference.isPresent()) {
            evidence = evidence.withDifference(difference.get());
        }
        kept.flatMap(ServerRecord::until).ifPresent(until -> notes.add("The database is kept until " + until + "."));
        return EvidenceReport.write(evidence.withNotes(notes), folder);
    }

    private Optional<Difference> difference(List<String> notes) {
        Optional<Database> original = database.original();
        try {
            return original.map(
                    untouched -> Difference.between(untouched, database.database(), DifferenceLimits.DEFAULT));
        } catch (PaddockException unreachable) {
            notes.add("What the test changed can't be told: " + unreachable.getMessage());
            return Optional.empty();
        }
    }

    private static List<String> ways(ServerRecord server) {
        return List.of(
                "paddock psql " + server.name(),
                server.connection().psql(),
                "# JDBC: " + server.connection().jdbcUrlWithCredentials());
    }
}
