package dev.paddock.docker.connection;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.paddock.model.PaddockException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Has nobody wait without an end for an engine that stands still. Its transport has no time-out for Unix sockets. What takes as long as it takes, such
 * as to make an image, and what streams is waited for as before.
 *
 * <p>A proxy, since the class of requests has annotations of a library that isn't there, about which the compiler warns whoever names it.
 */
final class BoundedHttp implements InvocationHandler {
    /** For what an engine has in its memory. */
    private static final Duration TO_TELL = Duration.ofSeconds(20);
    /** For the end of a container, on top of what it is itself given. */
    private static final Duration TO_END = Duration.ofMinutes(1);
    /** For what an engine has to do on its disk, or to ask a driver for. */
    private static final Duration TO_ACT = Duration.ofMinutes(5);

    private static final Pattern VERSION = Pattern.compile("^/v[0-9.]+(?=/)");
    private static final Pattern TOLD =
            Pattern.compile("/(version|_ping|info|(containers|exec)/([^/]+/)?json|networks(/.*)?)");
    private static final Pattern ENDED = Pattern.compile("/containers/[^/]+/(stop|kill)");
    private static final Pattern GRACE = Pattern.compile("[?&]t=(\\d{1,6})(&|$)");
    private static final Pattern DONE = Pattern.compile(
            "/(containers/create|containers/[^/]+/(start|exec|rename|update|pause|unpause)|networks/.*|volumes/.*|images/.*/tag)");

    private final DockerHttpClient http;
    private final EngineAddress address;
    private final ExecutorService threads = Executors.newCachedThreadPool(BoundedHttp::daemon);

    private BoundedHttp(DockerHttpClient http, EngineAddress address) {
        this.http = http;
        this.address = address;
    }

    /** The same client; to be closed instead of it. */
    static DockerHttpClient around(DockerHttpClient http, EngineAddress address) {
        return (DockerHttpClient) Proxy.newProxyInstance(
                BoundedHttp.class.getClassLoader(),
                new Class<?>[] {DockerHttpClient.class},
                new BoundedHttp(http, address));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "paddock-docker");
        thread.setDaemon(true);
        return thread;
    }

    /** How long an answer may take, all of it; empty if that can't be said. */
    static Optional<Duration> patience(String method, String address) {
        String relative = VERSION.matcher(address).replaceFirst("");
        String path = relative.split("\\?", 2)[0];
        return switch (method) {
            case "GET" ->
                TOLD.matcher(path).matches()
                        ? Optional.of(TO_TELL)
                        : Optional.of(TO_ACT).filter(any -> path.endsWith("/json") || path.startsWith("/volumes"));
            case "POST" ->
                ENDED.matcher(path).matches()
                        ? Optional.of(TO_END.plus(grace(relative)))
                        : Optional.of(TO_ACT).filter(any -> DONE.matcher(path).matches());
            case "DELETE" -> Optional.of(path.startsWith("/containers/") ? TO_END : TO_ACT);
            default -> Optional.empty();
        };
    }

    private static Duration grace(String path) {
        Matcher grace = GRACE.matcher(path);
        return grace.find() ? Duration.ofSeconds(Long.parseLong(grace.group(1))) : Duration.ZERO;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            threads.shutdownNow();
        }
        if (!method.getName().equals("execute") || arguments == null) {
            return pass(method, arguments);
        }
        Class<?> request = method.getParameterTypes()[0];
        Optional<Duration> patience =
                patience((String) request.getMethod("method").invoke(arguments[0]), (String)
                        request.getMethod("path").invoke(arguments[0]));
        return patience.isEmpty() ? pass(method, arguments) : within(patience.get(), method, arguments);
    }

    private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(http, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause() == null ? failure : failure.getCause();
        }
    }

    private Response within(Duration patience, Method method, Object[] arguments) throws Throwable {
        Future<Response> answer = threads.submit(() -> whole(method, arguments));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silence) {
            // Which closes its connection.
            answer.cancel(true);
            throw new SilentEngineException(address, patience);
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted", interrupted);
        } catch (ExecutionException failure) {
            Throwable reason = failure.getCause();
            throw reason instanceof InvocationTargetException called && called.getCause() != null
                    ? called.getCause()
                    : reason == null ? failure : reason;
        }
    }

    private Response whole(Method method, Object[] arguments) throws Exception {
        try (Response answer = (Response) method.invoke(http, arguments)) {
            return new Whole(
                    answer.getStatusCode(),
                    answer.getHeaders(),
                    new ByteArrayInputStream(answer.getBody().readAllBytes()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** An answer that has come to its end. */
    private record Whole(int status, Map<String, List<String>> headers, InputStream content) implements Response {
        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return content;
        }

        @Override
        public void close() {
            // There is nothing open any more.
        }
    }
}
