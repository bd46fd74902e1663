package dev.paddock.spring;

import dev.paddock.failure.FailedTests;
import dev.paddock.failure.FailureSettings;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.env.Environment;

/**
 * What failed tests of a context leave.
 *
 * @param statements how many of a test's last statements are remembered
 */
record ContextEvidence(FailedTests failed, int statements) {
    private static final String PREFIX = "paddock.evidence";

    /** By the context's properties, which are named like the settings of JUnit's tests. */
    static ContextEvidence read(Environment environment) {
        boolean on = environment.getProperty(PREFIX, Boolean.class, true);
        int statements =
                environment.getProperty(PREFIX + ".statements", Integer.class, LeaseSettings.DEFAULT.statements());
        Duration keepFor = Optional.ofNullable(environment.getProperty(PREFIX + ".keep-for"))
                .map(text -> Durations.parse(PREFIX + ".keep-for", text))
                .orElse(FailureSettings.KEEP_FOR);
        Path project = Path.of("").toAbsolutePath();
        FailureSettings settings = new FailureSettings(
                on,
                environment.getProperty(PREFIX + ".keep", Integer.class, FailureSettings.KEEP),
                keepFor,
                Optional.ofNullable(environment.getProperty(PREFIX + ".folder"))
                        .map(project::resolve)
                        .orElseGet(() -> FailureSettings.usualFolder(project)));
        return new ContextEvidence(new FailedTests(settings), on ? statements : 0);
    }
}
