package dev.paddock.benchmark;

import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.subject.Named;
import dev.paddock.model.PaddockException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A B C A B C …, so that what disturbs the machine disturbs all alike. A subject that fails is told of and left out of the rest
 * of that measurement. For one thread.
 */
final class Turns {
    /** More than a hundred servers take of the slowest subject on two busy cores. */
    private final Patience patience = new Patience(Duration.ofMinutes(5));

    private final Stopwatch watch = Stopwatch.started();
    private final PrintStream diary;
    private boolean complete = true;

    /** @param diary told what is going on; a person reads it */
    Turns(PrintStream diary) {
        this.diary = diary;
    }

    /** Gives each subject {@code warmUps} turns that don't count and {@code rounds} that do. */
    <S extends Named> void take(
            String what, List<S> subjects, int warmUps, int rounds, Recorder recorder, Consumer<S> turn) {
        if (warmUps + rounds > 0) {
            note(what + ": " + (warmUps + rounds) + (warmUps + rounds == 1 ? " turn" : " turns"));
        }
        Set<S> failed = new HashSet<>();
        recorder.discarding(() -> rounds(what, subjects, warmUps, failed, turn));
        rounds(what, subjects, rounds, failed, turn);
    }

    private <S extends Named> void rounds(String what, List<S> subjects, int rounds, Set<S> failed, Consumer<S> turn) {
        for (int round = 0; round < rounds; round++) {
            for (S subject : subjects) {
                if (!failed.contains(subject)
                        && !attempt(what + " of " + subject.name(), () -> patience.with(() -> turn.accept(subject)))) {
                    failed.add(subject);
                }
            }
        }
    }

    /** Whether it worked; if not it says so, and the figures count as incomplete. */
    boolean attempt(String what, Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException failure) {
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            skip(what, String.valueOf(failure.getMessage()));
            if (failure instanceof PaddockException known) {
                known.hint().ifPresent(diary::println);
            }
            return false;
        }
    }

    void skip(String what, String reason) {
        complete = false;
        note(what + " is missing: " + reason);
    }

    void note(String text) {
        diary.printf("%4ds  %s%n", watch.read().toSeconds(), text);
    }

    boolean isComplete() {
        return complete;
    }
}
