package dev.paddock.lease;

/** How many databases are wanted at a time, learnt from how they were asked for. Guarded by its pool's owner. */
final class Demand {
    private static final int MOST_SPARE = Runtime.getRuntime().availableProcessors() + 1;
    /** So many without a wait make one spare database fewer. */
    private static final int CALM = 200;
    /** So many leases make a generation, after which an earlier peak is forgotten. */
    private static final int GENERATION = 64;

    private int lent;
    private int peak;
    private int earlierPeak;
    private int leases;
    private int spare = 1;
    private int sinceMiss;

    /** @param waiting how many others wait already */
    void taken(int waiting) {
        lent++;
        peak = Math.max(peak, lent);
        sinceMiss++;
        if (sinceMiss % CALM == 0 && spare > 1) {
            spare--;
        }
        if (++leases % GENERATION == 0) {
            earlierPeak = peak;
            peak = lent;
        }
    }

    /** Somebody has to wait. */
    void missed() {
        sinceMiss = 0;
        // The very first always has to.
        if (leases > 1) {
            spare = Math.min(MOST_SPARE, spare + 1);
        }
    }

    void returned() {
        lent--;
    }

    /** Lent, or waited for. */
    int lent() {
        return lent;
    }

    /** How many cells are missing, if there are so many. */
    int spare(int cells) {
        return Math.max(peak, earlierPeak) + spare - cells;
    }

    boolean wants(int cells) {
        return spare(cells) >= 0;
    }
}
