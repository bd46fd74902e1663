package dev.paddock.junit;

import dev.paddock.registry.ServerRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What is written about one database of a failed test. */
record FailureReport(
        TestName test, ExtensionContext context, Throwable failure, Holding holding, Optional<ServerRecord> kept) {
    private static final int LONGEST_FILE = 100;

    /**
     * @param database which of the test's, if it has several
     * @return the folder that the report is in
     */
    Path write(Path reports, String database) throws IOException {
        String type = context.getTestClass().map(Class::getName).orElse("tests");
        Path folder = reports.resolve(TestName.plain(type.replace('.', '_'), LONGEST_FILE))
                .resolve(TestName.plain(test.test(), LONGEST_FILE))
                .resolve(database);
        Files.createDirectories(folder);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        Files.writeString(folder.resolve("failure.txt"), trace.toString());
        Files.write(
                folder.resolve("statements.sql"),
                holding.statements().entries().stream().map(String::valueOf).toList());
        Files.write(folder.resolve("server.log"), holding.serverLog());
        Files.write(
                folder.resolve("connect.txt"),
                List.of(kept.map(server -> server.connection().uri()).orElse("not kept")));
        return folder;
    }
}
