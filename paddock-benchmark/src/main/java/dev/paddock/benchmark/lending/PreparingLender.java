package dev.paddock.benchmark.lending;

import dev.paddock.model.PaddockException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Keeps so many databases ready; for each that is taken another one is begun. */
final class PreparingLender implements Lender {
    private final TemplateServer server;
    private final String template;
    private final BlockingQueue<Supplier<Borrowed>> ready = new LinkedBlockingQueue<>();
    private final ExecutorService background =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    PreparingLender(TemplateServer server, String template, int ready) {
        this.server = server;
        this.template = template;
        for (int begun = 0; begun < ready; begun++) {
            background.execute(this::prepare);
        }
    }

    private void prepare() {
        try {
            Borrowed made = server.create(template);
            ready.add(() -> made);
        } catch (PaddockException failure) {
            ready.add(() -> {
                throw failure;
            });
        }
    }

    @Override
    public Borrowed borrow() {
        background.execute(this::prepare);
        try {
            return new Prepared(ready.take().get(), background);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while waiting for a database", interrupted);
        }
    }

    @Override
    public void close() {
        background.shutdown();
        try {
            if (!background.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new PaddockException("databases were still being made a minute after the last was needed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (Supplier<Borrowed> unused = ready.poll(); unused != null; unused = ready.poll()) {
            unused.get().close();
        }
    }

    private record Prepared(Borrowed made, ExecutorService background) implements Borrowed {
        @Override
        public DataSource dataSource() {
            return made.dataSource();
        }

        @Override
        public void close() {
            background.execute(made::close);
        }
    }
}
