package dev.paddock;

import dev.paddock.model.InvalidSpecException;

/**
 * How many servers a {@link ServerPool} has. Immutable.
 *
 * @param ready how many to keep for whoever asks next
 * @param starting how many to start at the same time
 */
public record PoolSettings(int ready, int starting) {
    public static final PoolSettings DEFAULT =
            new PoolSettings(2, Math.max(2, Runtime.getRuntime().availableProcessors()));

    public PoolSettings {
        if (ready < 1 || starting < 1) {
            throw new InvalidSpecException(
                    "a pool that keeps " + ready + " servers ready and starts " + starting
                            + " at a time has none to give",
                    "choose 1 or more of each");
        }
    }

    public PoolSettings withReady(int newReady) {
        return new PoolSettings(newReady, starting);
    }

    public PoolSettings withStarting(int newStarting) {
        return new PoolSettings(ready, newStarting);
    }
}
