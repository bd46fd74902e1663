package dev.paddock;

import dev.paddock.closing.Closer;
import dev.paddock.engine.Engine;
import dev.paddock.engine.EngineService;
import dev.paddock.engine.EngineStack;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.ServiceSpec;
import dev.paddock.model.StackSpec;
import dev.paddock.registry.ServerRecord;
import dev.paddock.server.ServerStarter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A running PostgreSQL and the services beside it. Thread-safe. Closed by whoever started it. */
public final class Stack implements AutoCloseable {
    private static final String HANDLE = "stack";
    private static final String SERVICES = "services";
    private static final String STARTING = "starting services";

    private final PostgresServer postgres;
    private final List<EngineService> services;
    private final @Nullable EngineStack network;
    private final Closer closer = new Closer();

    private Stack(PostgresServer postgres, List<EngineService> services, @Nullable EngineStack network) {
        this.postgres = postgres;
        this.services = services;
        this.network = network;
        if (network != null) {
            closer.add(network::close);
        }
        closer.add(postgres::close);
    }

    static Stack start(Engine engine, ServerStarter starter, boolean standing, StackSpec spec, Progress progress) {
        if (spec.services().isEmpty()) {
            return new Stack(PostgresServer.start(starter, spec.postgres()), List.of(), null);
        }
        EngineStack network = engine.openStack(standing, spec.postgres().ttl());
        try {
            PostgresServer postgres = PostgresServer.start(starter, network.joinedBy(spec.postgres()));
            try {
                return new Stack(postgres, services(spec, network, postgres, progress), network);
            } catch (RuntimeException failure) {
                throw Closer.after(failure, postgres::close);
            }
        } catch (RuntimeException failure) {
            throw Closer.after(failure, network::close);
        }
    }

    /** Each as soon as those that it depends on are ready; all have ended starting when one has failed. */
    private static List<EngineService> services(
            StackSpec spec, EngineStack network, PostgresServer postgres, Progress progress) {
        List<ServiceSpec> inOrder = spec.inOrder();
        progress.advance(STARTING, 0, inOrder.size());
        ExecutorService threads = Executors.newCachedThreadPool(Stack::daemon);
        try {
            Map<String, CompletableFuture<EngineService>> starting = new LinkedHashMap<>();
            for (ServiceSpec service : inOrder) {
                CompletableFuture<?>[] before = starting.entrySet().stream()
                        .filter(other -> service.dependsOn().contains(other.getKey()))
                        .map(Map.Entry::getValue)
                        .toArray(CompletableFuture[]::new);
                starting.put(
                        service.name(),
                        CompletableFuture.allOf(before)
                                .thenApplyAsync(
                                        ready -> network.start(
                                                service, postgres.engineServer(), secrets(service, spec, postgres)),
                                        threads));
            }
            return all(List.copyOf(starting.values()), progress);
        } finally {
            threads.shutdown();
        }
    }

    private static List<EngineService> all(List<CompletableFuture<EngineService>> starting, Progress progress) {
        List<EngineService> running = new ArrayList<>();
        Optional<PaddockException> failure = Optional.empty();
        for (CompletableFuture<EngineService> each : starting) {
            try {
                running.add(each.join());
                progress.advance(STARTING, running.size(), starting.size());
            } catch (CompletionException failed) {
                if (failure.isEmpty()) {
                    failure = Optional.of(
                            failed.getCause() instanceof PaddockException known
                                    ? known
                                    : PaddockException.again(failed.getCause()));
                }
            }
        }
        progress.advance(STARTING, starting.size(), starting.size());
        if (failure.isPresent()) {
            throw failure.get();
        }
        return List.copyOf(running);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "paddock-service");
        thread.setDaemon(true);
        return thread;
    }

    private static Map<String, String> secrets(ServiceSpec service, StackSpec spec, PostgresServer postgres) {
        Map<String, String> contents = new HashMap<>();
        for (String name : service.secrets()) {
            Path file = spec.secrets().get(name);
            contents.put(name, file == null ? postgres.connection().password().value() : content(name, file));
        }
        return contents;
    }

    private static String content(String name, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new InvalidSpecException(
                    "can't read the secret " + name + " from " + file, "it must be a text file that you may read");
        }
    }

    public PostgresServer postgres() {
        return postgres;
    }

    /** In the order in which they were started. */
    public List<EngineService> services() {
        return services;
    }

    /** @throws PaddockException if there is none of this name */
    public EngineService service(String name) {
        return services.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PaddockException("there is no service " + name));
    }

    ServerRecord record(String name, String engine, ServerSpec spec) {
        Instant started = Instant.now();
        Map<String, String> handle = new HashMap<>(postgres.handle());
        if (network != null) {
            handle.put(HANDLE, network.id());
            handle.put(SERVICES, services.stream().map(EngineService::name).collect(Collectors.joining(",")));
        }
        return new ServerRecord(
                name,
                engine,
                postgres.version(),
                postgres.connection(),
                postgres.template(),
                postgres.socketFolder(),
                postgres.storage(),
                postgres.identity(),
                started,
                spec.ttl().map(started::plus),
                handle);
    }

    /** What a standing server's services are found by, if it has any. */
    static Optional<String> of(ServerRecord server) {
        return Optional.ofNullable(server.handle().get(HANDLE));
    }

    /** The names of the services that a standing server was started with. */
    static List<String> servicesOf(ServerRecord server) {
        String names = server.handle().getOrDefault(SERVICES, "");
        return names.isEmpty() ? List.of() : List.of(names.split(","));
    }

    void detach(Path note) {
        if (network != null) {
            network.detach();
        }
        postgres.detach(note);
    }

    /** Ends all of it, and removes it except data on disk. Idempotent. */
    @Override
    public void close() {
        closer.close();
    }
}
