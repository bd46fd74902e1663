package dev.paddock.junit;

import dev.paddock.Paddock;
import dev.paddock.junit.Request.Sharing;
import dev.paddock.junit.RunSettings.EvidenceSettings;
import dev.paddock.registry.ServerRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what failed tests leave: their databases, kept for a while, and a report of each. Whatever of that fails is logged, never
 * thrown: the test's own failure is what counts. Thread-safe.
 */
final class FailedTests {
    private static final Logger LOG = LoggerFactory.getLogger(FailedTests.class);

    private final Paddock paddock;
    private final EvidenceSettings settings;
    private final AtomicInteger kept = new AtomicInteger();

    FailedTests(Paddock paddock, EvidenceSettings settings) {
        this.paddock = paddock;
        this.settings = settings;
    }

    /** @param holdings what the test could have used */
    void report(ExtensionContext context, Throwable failure, Map<Request, Holding> holdings) {
        if (!settings.on() || failure instanceof TestAbortedException) {
            return;
        }
        TestName test = TestName.of(context);
        List<String> names = namesOf(holdings);
        int index = 0;
        for (Map.Entry<Request, Holding> each : holdings.entrySet()) {
            String database = holdings.size() == 1 ? "" : names.get(index++);
            try {
                Optional<ServerRecord> server = keep(test, database, each.getKey(), each.getValue());
                FailureReport report = new FailureReport(test, context, failure, each.getValue(), server);
                Path folder = report.write(settings.folder(), database);
                tell(context, failure, test, folder, server);
            } catch (Exception | LinkageError unable) {
                LOG.warn("what {} did to its database can't be told", test, unable);
            }
        }
    }

    private Optional<ServerRecord> keep(TestName test, String database, Request request, Holding holding) {
        if (request.sharing() == Sharing.READ_ONLY || kept.getAndIncrement() >= settings.keep()) {
            return Optional.empty();
        }
        String name = test.serverName(database);
        try {
            // What the same test left the last time has had its day.
            if (paddock.registry().find(name).isPresent()) {
                paddock.down(name);
            }
            return Optional.of(holding.keep(paddock, name, settings.keepFor()));
        } catch (RuntimeException unable) {
            LOG.warn("the database of {} can't be kept", test, unable);
            return Optional.empty();
        }
    }

    private static void tell(
            ExtensionContext context, Throwable failure, TestName test, Path folder, Optional<ServerRecord> server) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("paddock.report", folder.toString());
        server.ifPresent(kept -> {
            entries.put("paddock.connect", "paddock psql " + kept.name());
            entries.put("paddock.jdbc", kept.connection().jdbcUrl());
        });
        context.publishReportEntry(entries);
        String where = "report of the database: " + folder
                + server.map(kept -> "; kept as it was: paddock psql " + kept.name())
                        .orElse("");
        // Shown wherever the failure's stack is, which not everybody does with report entries.
        failure.addSuppressed(new LeftBehind(where));
        LOG.warn("{} failed; {}", test, where);
    }

    /** In the order of the holdings, all different. */
    private static List<String> namesOf(Map<Request, Holding> holdings) {
        List<String> names = new ArrayList<>();
        for (Request each : holdings.keySet()) {
            String plain = TestName.plain(each.name().isEmpty() ? "database" : each.name(), 20);
            names.add(names.contains(plain) || plain.isEmpty() ? plain + (names.size() + 1) : plain);
        }
        return names;
    }

    /** A line among the failure's own, with no stack. */
    private static final class LeftBehind extends Exception {
        private static final long serialVersionUID = 1;

        LeftBehind(String where) {
            super(where, null, false, false);
        }
    }
}
