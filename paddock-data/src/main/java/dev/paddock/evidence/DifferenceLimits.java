package dev.paddock.evidence;

import dev.paddock.model.InvalidSpecException;
import java.time.Duration;

/**
 * How far a comparison goes.
 *
 * @param rowsShown so many rows of a table are told
 * @param rowsCompared tables with more rows than this are only counted
 * @param objectsShown so many changes of the schema are told
 * @param time the comparison takes; what isn't compared by then is said to be so
 */
public record DifferenceLimits(int rowsShown, int rowsCompared, int objectsShown, Duration time) {
    public static final DifferenceLimits DEFAULT = new DifferenceLimits(10, 100_000, 200, Duration.ofSeconds(5));

    public DifferenceLimits {
        if (rowsShown < 0 || rowsCompared < 0 || objectsShown < 0 || time.isNegative()) {
            throw new InvalidSpecException("a limit of a comparison is negative", "say 0 to see nothing of it");
        }
    }

    public DifferenceLimits withRowsShown(int rows) {
        return new DifferenceLimits(rows, rowsCompared, objectsShown, time);
    }

    public DifferenceLimits withRowsCompared(int rows) {
        return new DifferenceLimits(rowsShown, rows, objectsShown, time);
    }

    public DifferenceLimits withObjectsShown(int objects) {
        return new DifferenceLimits(rowsShown, rowsCompared, objects, time);
    }

    public DifferenceLimits withTime(Duration longest) {
        return new DifferenceLimits(rowsShown, rowsCompared, objectsShown, longest);
    }
}
