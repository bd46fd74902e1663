package dev.paddock.benchmark;

import dev.paddock.benchmark.container.ContainerSubjects;
import dev.paddock.benchmark.lending.Content;
import dev.paddock.benchmark.lending.Contents;
import dev.paddock.benchmark.report.Recorder;
import java.time.Duration;
import java.util.Set;

/** What a test waits for when it takes a database of a server in a container, while fifty tests a second do so. */
record ContainerLeases(int rounds, int tests) implements Measurement<ContainerSubjects> {
    private static final String ACQUIRE = "docker_acquire";
    private static final String FIRST_QUERY = "docker_acquire_to_first_query";
    private static final Duration TIME = Duration.ofMillis(20);

    @Override
    public Set<String> metrics() {
        return Set.of(ACQUIRE, FIRST_QUERY);
    }

    @Override
    public void run(ContainerSubjects subjects, Turns turns, Recorder recorder) {
        Content content = Contents.tables();
        PacedTests warmUp = new PacedTests(content, 1, tests / 4, TIME);
        PacedTests paced = new PacedTests(content, 1, tests, TIME);
        try (OpenLenders lenders = OpenLenders.of(content, subjects.lendings(), turns)) {
            turns.take(ACQUIRE, lenders.all(), 0, 1, recorder, subject -> warmUp.run(subject.lender()));
            turns.take(ACQUIRE, lenders.all(), 0, rounds, recorder, subject -> {
                paced.run(subject.lender()).forEach(waits -> {
                    recorder.time(ACQUIRE, subject.name(), waits.acquire());
                    recorder.time(FIRST_QUERY, subject.name(), waits.firstQuery());
                });
                LeaseLatency.rest();
            });
        }
    }
}
