package dev.paddock.model;

/** Told of work that may take long. Thread-safe; implementations must return at once. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (activity, done, total) -> {};

    /**
     * @param activity what is being done, such as {@code fetching PostgreSQL 16.15}; constant for one activity
     * @param done units done so far, bytes where a thing is moved; equal to {@code total} when it ends
     * @param total units in all, or 0 while unknown
     */
    void advance(String activity, long done, long total);

    /** Says once what somebody should know although the work goes on; one line. */
    default void note(String line) {}
}
