package dev.paddock.benchmark.subject;

/** Something that takes its turn with others. */
public interface Named {

    /** As in the results. */
    String name();
}
