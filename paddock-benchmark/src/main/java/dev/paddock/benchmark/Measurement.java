package dev.paddock.benchmark;

import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.subject.Subjects;
import java.util.Set;

/** One way to measure; subjects take their turns within it. Leaves no server behind, whether it fails or not. */
interface Measurement {

    /** What it records. */
    Set<String> metrics();

    /** Records what it measures. */
    void run(Subjects subjects, Turns turns, Recorder recorder);
}
