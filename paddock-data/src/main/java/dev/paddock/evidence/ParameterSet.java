package dev.paddock.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a prepared statement and of its batch, as far as they are set. Not thread-safe, as statements aren't. */
final class ParameterSet {
    private static final int BATCH_SHOWN = 20;

    private @Nullable Object[] values = {};
    private final List<@Nullable Object[]> batch = new ArrayList<>(0);
    private int batchSize;

    void set(int index, @Nullable Object captured) {
        int before = values.length;
        if (index > before) {
            values = Arrays.copyOf(values, index);
            Arrays.fill(values, before, index, Parameter.unset());
        }
        values[index - 1] = captured;
    }

    void clear() {
        values = new Object[0];
    }

    void addBatch() {
        batchSize++;
        if (batch.size() < BATCH_SHOWN) {
            batch.add(values.clone());
        }
    }

    void clearBatch() {
        batch.clear();
        batchSize = 0;
    }

    int batchSize() {
        return batchSize;
    }

    List<@Nullable Object[]> ofBatch() {
        return new ArrayList<>(batch);
    }

    List<@Nullable Object[]> ofOne() {
        return values.length == 0 ? List.of() : List.<@Nullable Object[]>of(values.clone());
    }
}
