package dev.paddock.junit;

import dev.paddock.Paddock;
import dev.paddock.evidence.StatementLog;
import dev.paddock.failure.FailedTest;
import dev.paddock.failure.FailedTests;
import dev.paddock.failure.Left;
import dev.paddock.junit.Request.Sharing;
import dev.paddock.lease.DatabasePool;
import dev.paddock.template.TemplateSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.opentest4j.TestAbortedException;

/**
 * What all tests of a run share: one Paddock for each engine, opened by the first who needs it. Thread-safe; JUnit's root store closes it, by
 * either interface, the one of old or the one of newer versions.
 */
final class TestRun implements CloseableResource, AutoCloseable {
    static final Namespace NAMESPACE = Namespace.create(PaddockExtension.class);

    private final Function<String, Optional<String>> parameters;
    /** Of tests that are being constructed, by the threads that do. */
    private final Map<Thread, Scope> unborn = new ConcurrentHashMap<>();

    private @Nullable Opened opened;

    private TestRun(Function<String, Optional<String>> parameters) {
        this.parameters = parameters;
    }

    /** @param paddocks by the name of the engine */
    private record Opened(
            Map<String, Paddock> paddocks, RunSettings settings, RequestedTemplates templates, FailedTests failed) {

        /** Opened by the first who needs that engine. */
        Paddock paddock(String engine) {
            return paddocks.computeIfAbsent(engine, name -> Paddock.on(name, settings.leases()));
        }
    }

    static TestRun of(ExtensionContext context) {
        ExtensionContext root = context.getRoot();
        return root.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        TestRun.class, key -> new TestRun(root::getConfigurationParameter), TestRun.class);
    }

    /** Not by the store, so that each test that needs it hears of a failure of its own. */
    private synchronized Opened opened() {
        Opened existing = opened;
        if (existing == null) {
            RunSettings settings = RunSettings.read(parameters, Path.of("").toAbsolutePath());
            existing = new Opened(
                    new ConcurrentHashMap<>(),
                    settings,
                    new RequestedTemplates(settings.defaults()),
                    new FailedTests(settings.evidence()));
            opened = existing;
        }
        return existing;
    }

    /**
     * Gets what is asked for.
     *
     * @param holder who asks, for messages
     * @param resources where {@code classpath:} looks
     * @return to be closed by the caller
     */
    Holding get(Request request, String holder, ClassLoader resources) {
        Opened all = opened();
        TemplateSpec template = all.templates().get(request.content(), resources);
        Paddock paddock = all.paddock(all.settings().engine(template.server()));
        if (request.sharing() == Sharing.OWN_SERVER) {
            StatementLog statements = new StatementLog(all.settings().leases().statements());
            return OwnServer.of(paddock, paddock.start(template), statements);
        }
        DatabasePool pool = paddock.databases(template);
        return new LentDatabase(
                paddock, request.sharing() == Sharing.READ_ONLY ? pool.shared(holder) : pool.lease(holder));
    }

    /** @param holdings what the test could have used */
    void reportFailure(ExtensionContext context, Throwable failure, Map<Request, Holding> holdings) {
        if (failure instanceof TestAbortedException || holdings.isEmpty()) {
            return;
        }
        Map<String, Holding> named = new LinkedHashMap<>();
        holdings.forEach((request, holding) -> {
            String wanted = FailedTest.plain(request.name(), 20);
            String name = wanted.isEmpty() ? "database" : wanted;
            named.put(named.containsKey(name) ? name + (named.size() + 1) : name, holding);
        });
        for (Left left : opened().failed().report(TestNames.of(context), failure, named)) {
            context.publishReportEntry(left.entries());
        }
    }

    Map<Thread, Scope> unborn() {
        return unborn;
    }

    @Override
    public void close() {
        Opened last;
        synchronized (this) {
            last = opened;
        }
        unborn.values().forEach(Scope::close);
        if (last != null) {
            last.paddocks().values().forEach(Paddock::close);
        }
    }
}
