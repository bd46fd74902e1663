package dev.paddock.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Maven repository on loopback. Closed by the test that opens it. */
public final class LocalMirror implements AutoCloseable {
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final AtomicInteger downloads = new AtomicInteger();
    private final HttpServer server;
    private final ExecutorService threads;
    private final @Nullable String login;
    private volatile boolean cutting;
    private volatile boolean slow;

    private LocalMirror(HttpServer server, ExecutorService threads, @Nullable String login) {
        this.server = server;
        this.threads = threads;
        this.login = login;
    }

    public static LocalMirror open() throws IOException {
        return open(null);
    }

    /** Only for those who know {@code user:password}. */
    public static LocalMirror open(@Nullable String login) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        LocalMirror mirror = new LocalMirror(server, threads, login);
        server.createContext("/", mirror::answer);
        server.setExecutor(threads);
        server.start();
        return mirror;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** How often the jar itself was asked for. */
    public int downloads() {
        return downloads.get();
    }

    public void publish(String artifact, String version, byte[] jar) {
        publish(artifact, version, jar, sha1(jar));
    }

    public void publish(String artifact, String version, byte[] jar, String sha1) {
        publishWithoutChecksum(artifact, version, jar);
        files.put(path(artifact, version) + ".sha1", sha1.getBytes(StandardCharsets.US_ASCII));
    }

    public void publishWithoutChecksum(String artifact, String version, byte[] jar) {
        files.put(path(artifact, version), jar);
    }

    /** From now on connections break in the middle of a jar. */
    public void cutDownloads() {
        cutting = true;
    }

    /** From now on a jar takes seconds. */
    public void slowDown() {
        slow = true;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (login != null
                    && !("Basic " + base64(login))
                            .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"mirror\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            byte[] content = files.get(path);
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                send(exchange, content, path.endsWith(".jar"));
            }
        }
    }

    private void send(HttpExchange exchange, byte[] content, boolean jar) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        if (!jar) {
            exchange.getResponseBody().write(content);
            return;
        }
        downloads.incrementAndGet();
        int half = content.length / 2;
        exchange.getResponseBody().write(content, 0, half);
        exchange.getResponseBody().flush();
        if (cutting) {
            return;
        }
        if (slow) {
            pause();
        }
        exchange.getResponseBody().write(content, half, content.length - half);
    }

    private static void pause() {
        try {
            Thread.sleep(1500);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static String path(String artifact, String version) {
        return "/org/example/" + artifact + "/" + version + "/" + artifact + "-" + version + ".jar";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha1(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (GeneralSecurityException impossible) {
            throw new UncheckedIOException(new IOException(impossible));
        }
    }
}
