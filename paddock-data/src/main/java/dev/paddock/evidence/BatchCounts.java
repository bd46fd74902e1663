package dev.paddock.evidence;

import org.jspecify.annotations.Nullable;

/** The rows that a batch changed. */
final class BatchCounts {
    private BatchCounts() {}

    /** Of the array that JDBC answers with; unknown if one of its counts is. */
    static long sum(@Nullable Object counts) {
        long sum = 0;
        if (counts instanceof int[] small) {
            for (int count : small) {
                if (count < 0) {
                    return Event.UNKNOWN;
                }
                sum += count;
            }
            return sum;
        }
        if (counts instanceof long[] large) {
            for (long count : large) {
                if (count < 0) {
                    return Event.UNKNOWN;
                }
                sum += count;
            }
            return sum;
        }
        return Event.UNKNOWN;
    }
}
