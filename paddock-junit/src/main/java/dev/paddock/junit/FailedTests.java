package dev.paddock.junit;

import dev.paddock.junit.Request.Sharing;
import dev.paddock.junit.RunSettings.EvidenceSettings;
import dev.paddock.registry.ServerRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final EvidenceSettings settings;
    private final AtomicInteger kept = new AtomicInteger();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    FailedTests(EvidenceSettings settings) {
        this.settings = settings;
    }

    /** @param holdings what the test could have used */
    void report(ExtensionContext context, Throwable failure, Map<Request, Holding> holdings) {
        if (!settings.on() || failure instanceof TestAbortedException) {
            return;
        }
        List<String> used = new ArrayList<>();
        holdings.forEach((request, holding) -> {
            String database = holdings.size() == 1 ? "" : newName(request, used);
            try {
                report(context, failure, database, request, holding);
            } catch (Exception | LinkageError unable) {
                LOG.warn("what {} left can't be told", TestName.of(context), unable);
            }
        });
    }

    /** @param database which of the test's, if it has several */
    private void report(
            ExtensionContext context, Throwable failure, String database, Request request, Holding holding) {
        TestName test = TestName.of(context);
        Optional<ServerRecord> server =
                request.sharing() == Sharing.READ_ONLY ? Optional.empty() : keep(test, database, holding);
        String shown = database.isEmpty() ? test.toString() : test + ", its " + database + ",";
        Path page = new FailureReport(shown, failure, holding, server)
                .write(test.folder(settings.folder()).resolve(database));
        Left left = new Left(page, server);
        context.publishReportEntry(left.entries());
        // Shown wherever the failure's stack is, which not everybody does with report entries.
        failure.addSuppressed(new KeptEvidence(left.toString()));
        LOG.warn("{} failed; {}", test, left);
    }

    private Optional<ServerRecord> keep(TestName test, String database, Holding holding) {
        int number = kept.incrementAndGet();
        if (number > settings.keep()) {
            return Optional.empty();
        }
        String wanted = test.serverName(database);
        String name = names.add(wanted) ? wanted : wanted + "-" + number;
        try {
            // What the same test left the last time has had its day.
            if (holding.paddock().registry().find(name).isPresent()) {
                holding.paddock().down(name);
            }
            return Optional.of(holding.keep(name, settings.keepFor()));
        } catch (RuntimeException unable) {
            LOG.warn("the database of {} can't be kept", test, unable);
            return Optional.empty();
        }
    }

    /** One that the test's other databases don't have. */
    private static String newName(Request request, List<String> used) {
        String wanted = TestName.plain(request.name(), 20);
        String name = wanted.isEmpty() ? "database" : wanted;
        if (used.contains(name)) {
            name += used.size() + 1;
        }
        used.add(name);
        return name;
    }
}
