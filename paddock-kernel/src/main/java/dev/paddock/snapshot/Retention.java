package dev.paddock.snapshot;

import dev.paddock.model.ByteSize;
import dev.paddock.model.InvalidSpecException;
import java.time.Duration;

/**
 * How much of what Paddock makes for itself stays in the cache. Snapshots that the user named stay until he removes them.
 *
 * @param size of all of them together
 * @param age since the last use
 */
public record Retention(ByteSize size, Duration age) {
    private static final Retention DEFAULT = new Retention(ByteSize.ofMegabytes(10 * 1024), Duration.ofDays(14));

    /** As {@code paddock.cache.size} and {@code paddock.cache.days} say: 10 GB and 14 days if they say nothing. */
    public static Retention ofUser() {
        String size = System.getProperty("paddock.cache.size", "");
        String days = System.getProperty("paddock.cache.days", "");
        try {
            return new Retention(
                    size.isEmpty() ? DEFAULT.size() : ByteSize.parse(size),
                    days.isEmpty() ? DEFAULT.age() : Duration.ofDays(Integer.parseInt(days)));
        } catch (NumberFormatException notOne) {
            throw new InvalidSpecException("'" + days + "' is not a number of days", "write paddock.cache.days=14");
        }
    }
}
