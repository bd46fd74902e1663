package dev.paddock.benchmark;

import dev.paddock.model.PaddockException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** So many threads that all do the same at the same time. */
record Crowd(int threads) {

    /**
     * Waits for all of them, whether some fail or not.
     *
     * @return what each brought, all in one list
     * @throws PaddockException with the first failure
     */
    <T> List<T> together(Callable<List<T>> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<T> all = new ArrayList<>();
            for (Future<List<T>> each : pool.invokeAll(Collections.nCopies(threads, work))) {
                all.addAll(each.get());
            }
            return all;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof PaddockException known) {
                throw known;
            }
            throw new PaddockException(String.valueOf(failure.getCause()), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while threads were measuring", interrupted);
        } finally {
            pool.shutdown();
        }
    }
}
