package dev.paddock.lease;

import dev.paddock.model.InvalidSpecException;
import java.time.Duration;

/**
 * How databases are lent. Immutable.
 *
 * @param most how many may be lent or kept ready at the same time, over all pools of one {@code Paddock}
 * @param patience how long to wait for one while all are lent
 * @param ahead whether to prepare databases before they are asked for
 * @param statements how many of a holder's last statements to remember; 0 for none
 * @param listener told of what holders leave behind
 */
public record LeaseSettings(int most, Duration patience, boolean ahead, int statements, LeaseListener listener) {
    /** A fresh one has about 8 MB, and one that was used much 64 MB. */
    private static final int MOST = 64;

    private static final int STATEMENTS = 1000;

    public static final LeaseSettings DEFAULT =
            new LeaseSettings(MOST, Duration.ofMinutes(2), true, STATEMENTS, new LoggingListener());

    public LeaseSettings {
        if (most < 1) {
            throw new InvalidSpecException("at least one database must be allowed, not " + most);
        }
        if (patience.isNegative() || statements < 0) {
            throw new InvalidSpecException("neither patience nor the number of statements can be negative");
        }
    }

    public LeaseSettings withMost(int newMost) {
        return new LeaseSettings(newMost, patience, ahead, statements, listener);
    }

    public LeaseSettings withPatience(Duration newPatience) {
        return new LeaseSettings(most, newPatience, ahead, statements, listener);
    }

    public LeaseSettings withAhead(boolean newAhead) {
        return new LeaseSettings(most, patience, newAhead, statements, listener);
    }

    public LeaseSettings withStatements(int newStatements) {
        return new LeaseSettings(most, patience, ahead, newStatements, listener);
    }

    public LeaseSettings withListener(LeaseListener newListener) {
        return new LeaseSettings(most, patience, ahead, statements, newListener);
    }
}
