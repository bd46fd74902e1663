package dev.paddock.benchmark;

import dev.paddock.benchmark.subject.RunningServer;
import dev.paddock.benchmark.subject.Subject;
import dev.paddock.model.PaddockException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Many servers of one subject. Closes them all at once. For one thread. */
final class Fleet implements AutoCloseable {
    private final Subject subject;
    private final Queue<RunningServer> servers = new ConcurrentLinkedQueue<>();

    Fleet(Subject subject) {
        this.subject = subject;
    }

    /**
     * Starts {@code count} more, each from one of {@code threads} threads.
     *
     * @return from when the threads were let go until all servers had answered a query
     */
    Duration add(int count, int threads) {
        List<Subject.Start> starts = new ArrayList<>();
        for (int made = 0; made < count; made++) {
            starts.add(subject.prepare());
        }
        CountDownLatch go = new CountDownLatch(1);
        return inThreads(threads, pool -> {
            List<Future<?>> answers = new ArrayList<>();
            for (Subject.Start start : starts) {
                answers.add(pool.submit(() -> {
                    go.await();
                    RunningServer server = start.run();
                    servers.add(server);
                    server.query();
                    return server;
                }));
            }
            Stopwatch watch = Stopwatch.started();
            go.countDown();
            awaitAll(answers);
            return watch.read();
        });
    }

    List<Integer> ports() {
        return servers.stream().map(RunningServer::port).toList();
    }

    int size() {
        return servers.size();
    }

    @Override
    public void close() {
        inThreads(8, pool -> {
            List<Future<?>> ends = new ArrayList<>();
            for (RunningServer server = servers.poll(); server != null; server = servers.poll()) {
                ends.add(pool.submit(server::close));
            }
            return awaitAll(ends);
        });
    }

    private static <T> T inThreads(int threads, Function<ExecutorService, T> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            return work.apply(pool);
        } finally {
            pool.shutdown();
        }
    }

    /** Waits for all of them, whether some fail or not: only then there is nothing left that could start late. */
    private static int awaitAll(List<Future<?>> futures) {
        Optional<PaddockException> first = Optional.empty();
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException failure) {
                first = first.or(() -> Optional.of(new PaddockException(String.valueOf(failure.getCause()), failure)));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new PaddockException("interrupted while servers were starting", interrupted);
            }
        }
        if (first.isPresent()) {
            throw first.get();
        }
        return futures.size();
    }
}
