package dev.paddock.benchmark;

import dev.paddock.benchmark.report.Recorder;
import java.util.Set;

/**
 * One way to measure; subjects take their turns within it. Leaves no server behind, whether it fails or not.
 *
 * @param <S> the subjects that it needs
 */
interface Measurement<S> {

    /** What it records. */
    Set<String> metrics();

    /** Records what it measures. */
    void run(S subjects, Turns turns, Recorder recorder);
}
