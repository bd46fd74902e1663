package dev.paddock.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.paddock.Paddock;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventConditions;

/** Runs of the test classes that these tests are about. */
final class Runs {
    private Runs() {}

    /** The engine that they are on, for a test that prepares something for them, or looks at what they left. */
    static Paddock paddock() {
        return Paddock.open(System.getProperty("paddock.engine", "embedded"), PaddockHome.ofUser(), Progress.NONE);
    }

    static EngineExecutionResults of(Map<String, String> parameters, Class<?>... types) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .selectors(Arrays.stream(types).map(type -> selectClass(type)).toArray(ClassSelector[]::new));
        kit.enableImplicitConfigurationParameters(true);
        parameters.forEach(kit::configurationParameter);
        return kit.execute();
    }

    static EngineExecutionResults of(Class<?>... types) {
        return of(Map.of("paddock.evidence", "off"), types);
    }

    /** Of a class all of whose tests, so many, are to pass. */
    static void allPass(int tests, Class<?>... types) {
        EngineExecutionResults results = of(types);
        failures(results).stream().findFirst().ifPresent(failure -> {
            throw new AssertionError(failure);
        });
        results.testEvents().assertStatistics(events -> events.succeeded(tests).failed(0));
        results.containerEvents().assertStatistics(events -> events.failed(0));
    }

    static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents()
                .filter(event -> EventConditions.finishedWithFailure().matches(event))
                .map(Runs::thrown)
                .toList();
    }

    /** The one failure of a run. */
    static Throwable failure(EngineExecutionResults results) {
        List<Throwable> all = failures(results);
        if (all.size() != 1) {
            throw new AssertionError("failures: " + all);
        }
        return all.get(0);
    }

    private static Throwable thrown(Event event) {
        return event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }
}
