package dev.paddock.evidence;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The report of a failed test: a folder with {@code report.md}, the page to read first, and whatever there is of
 * {@code statements.sql}, {@code server.log} and {@code difference.txt}. Thread-safe, as long as each report has a folder of its own.
 */
public final class EvidenceReport {
    private static final String PAGE = "report.md";
    private static final String STATEMENTS = "statements.sql";
    private static final String SERVER_LOG = "server.log";
    private static final String DIFFERENCE = "difference.txt";

    private EvidenceReport() {}

    /**
     * Writes the report, in place of an older one. The folder is made as needed, and other files in it are left alone. A page that tells
     * how to connect can be read by its owner only, since it holds a password.
     *
     * @return the page to read first
     * @throws PaddockException if it can't be written
     */
    public static Path write(Evidence evidence, Path folder) {
        try {
            Files.createDirectories(folder);
            ReportFolder files = new ReportFolder(folder);
            files.replace(STATEMENTS, StatementsText.of(evidence));
            files.replace(SERVER_LOG, evidence.serverLog());
            files.replace(
                    DIFFERENCE,
                    evidence.difference()
                            .map(each -> each.text().lines().toList())
                            .orElse(List.of()));
            return evidence.connect().isEmpty()
                    ? files.replace(PAGE, ReportPage.of(evidence))
                    : files.replaceSecretly(PAGE, ReportPage.of(evidence));
        } catch (IOException failure) {
            throw new PaddockException(
                    "the report of " + evidence.test() + " can't be written to " + folder + ": " + failure.getMessage(),
                    "see that there is room and that the folder may be written",
                    failure);
        }
    }

    /** The files that {@link #write} makes of this. */
    static List<String> files(Evidence evidence) {
        List<String> names = new ArrayList<>();
        if (!evidence.statements().isEmpty()) {
            names.add(STATEMENTS);
        }
        if (!evidence.serverLog().isEmpty()) {
            names.add(SERVER_LOG);
        }
        if (evidence.difference().isPresent()) {
            names.add(DIFFERENCE);
        }
        return names;
    }
}
