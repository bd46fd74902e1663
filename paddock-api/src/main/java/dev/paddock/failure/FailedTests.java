package dev.paddock.failure;

import dev.paddock.registry.ServerRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what failed tests leave: their databases, kept for a while, and a report of each. Whatever of that fails is logged, never
 * thrown: the test's own failure is what counts. Thread-safe.
 */
public final class FailedTests {
    private static final Logger LOG = LoggerFactory.getLogger(FailedTests.class);

    private final FailureSettings settings;
    private final AtomicInteger kept = new AtomicInteger();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    public FailedTests(FailureSettings settings) {
        this.settings = settings;
    }

    /** Whether failed tests leave anything. */
    public boolean isOn() {
        return settings.on();
    }

    /**
     * Tells it at the end of the failure's stack too.
     *
     * @param databases what the test could have used, each by what the test calls it
     * @return where to look, for each of the databases of which something was left
     */
    public List<Left> report(FailedTest test, Throwable failure, Map<String, ? extends FailedDatabase> databases) {
        List<Left> all = new ArrayList<>();
        if (settings.on()) {
            databases.forEach((name, database) -> {
                try {
                    all.add(report(test, failure, databases.size() == 1 ? "" : name, database));
                } catch (Exception | LinkageError unable) {
                    LOG.warn("what {} left can't be told", test, unable);
                }
            });
        }
        return all;
    }

    /** @param name which of the test's databases, if it has several */
    private Left report(FailedTest test, Throwable failure, String name, FailedDatabase database) {
        Optional<ServerRecord> server = keep(test, name, database);
        String shown = name.isEmpty() ? test.toString() : test + ", its " + name + ",";
        Path page = new FailureReport(shown, failure, database, server)
                .write(test.folder(settings.folder()).resolve(name));
        Left left = new Left(page, server);
        // Shown wherever the failure's stack is, which not everybody does with report entries.
        failure.addSuppressed(new KeptEvidence(left.toString()));
        LOG.warn("{} failed; {}", test, left);
        return left;
    }

    private Optional<ServerRecord> keep(FailedTest test, String database, FailedDatabase failed) {
        int number = kept.incrementAndGet();
        if (number > settings.keep()) {
            return Optional.empty();
        }
        String wanted = test.serverName(database);
        String name = names.add(wanted) ? wanted : wanted + "-" + number;
        try {
            // What the same test left the last time has had its day.
            if (failed.paddock().registry().find(name).isPresent()) {
                failed.paddock().down(name);
            }
            return failed.keep(name, settings.keepFor());
        } catch (RuntimeException unable) {
            LOG.warn("the database of {} can't be kept", test, unable);
            return Optional.empty();
        }
    }
}
