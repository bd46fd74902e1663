package dev.paddock.model;

import java.time.Duration;
import java.util.List;

/**
 * How an engine finds out whether a container works.
 *
 * @param command run in the container; 0 means that it does
 * @param retries how many failures in a row make it unhealthy
 * @param startPeriod how long failures don't count
 */
public record HealthCheck(
        List<String> command, Duration interval, Duration timeout, int retries, Duration startPeriod) {
    public HealthCheck {
        command = List.copyOf(command);
        if (command.isEmpty() || retries < 1 || interval.isNegative() || interval.isZero()) {
            throw new InvalidSpecException("a health check needs a command, an interval and a number of retries");
        }
    }

    /** Every ten seconds, unhealthy after three failures of five seconds at most. */
    public static HealthCheck of(List<String> command) {
        return new HealthCheck(command, Duration.ofSeconds(10), Duration.ofSeconds(5), 3, Duration.ZERO);
    }
}
