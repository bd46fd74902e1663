package dev.paddock.docker.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.home.UserHome;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a Docker Engine listens.
 *
 * @param uri with the scheme {@code unix}, {@code tcp} or {@code npipe}
 * @param certificates a folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem}, if it is spoken to over TLS
 * @param source what told so, for messages
 */
public record EngineAddress(URI uri, Optional<Path> certificates, String source) {
    private static final String DEFAULT_CONTEXT = "default";

    /**
     * As the {@code docker} command finds it: {@code DOCKER_HOST}, else the context of {@code DOCKER_CONTEXT} or of the user's
     * configuration, else the first socket that is there: the machine's, a rootless engine's of this user, Podman's of this user.
     *
     * @throws PaddockException if what the user configured can't be used
     */
    public static EngineAddress find(Map<String, String> environment) {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isEmpty()) {
            return new EngineAddress(uri(host, "DOCKER_HOST"), certificates(environment), "DOCKER_HOST");
        }
        String named = environment.getOrDefault("DOCKER_CONTEXT", "");
        Path config = configFolder(environment);
        String context = named.isEmpty() ? currentContext(config) : named;
        if (!context.equals(DEFAULT_CONTEXT)) {
            return ofContext(config, context);
        }
        for (Path socket : sockets(environment)) {
            if (Files.exists(socket)) {
                return new EngineAddress(URI.create("unix://" + socket), Optional.empty(), "its default socket");
            }
        }
        return new EngineAddress(
                URI.create("unix://" + sockets(environment).get(0)), Optional.empty(), "its default socket");
    }

    /** Where the user's configuration is: credentials, contexts. */
    public static Path configFolder(Map<String, String> environment) {
        String set = environment.getOrDefault("DOCKER_CONFIG", "");
        return set.isEmpty() ? UserHome.of(environment).resolve(".docker") : Path.of(set);
    }

    private static List<Path> sockets(Map<String, String> environment) {
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        Path root = Path.of("/var/run/docker.sock");
        return runtime.isEmpty()
                ? List.of(root)
                : List.of(root, Path.of(runtime, "docker.sock"), Path.of(runtime, "podman", "podman.sock"));
    }

    private static Optional<Path> certificates(Map<String, String> environment) {
        if (environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty()) {
            return Optional.empty();
        }
        String folder = environment.getOrDefault("DOCKER_CERT_PATH", "");
        return Optional.of(folder.isEmpty() ? configFolder(environment) : Path.of(folder));
    }

    private static String currentContext(Path config) {
        Path file = config.resolve("config.json");
        if (!Files.exists(file)) {
            return DEFAULT_CONTEXT;
        }
        String current = json(file).path("currentContext").asText("");
        return current.isEmpty() ? DEFAULT_CONTEXT : current;
    }

    private static EngineAddress ofContext(Path config, String context) {
        String id = sha256(context);
        Path meta = config.resolve("contexts/meta").resolve(id).resolve("meta.json");
        if (!Files.exists(meta)) {
            throw new PaddockException(
                    "there is no Docker context '" + context + "'", "see what there is with: docker context ls");
        }
        String host = json(meta).path("Endpoints").path("docker").path("Host").asText("");
        Path tls = config.resolve("contexts/tls").resolve(id).resolve("docker");
        return new EngineAddress(
                uri(host, "the Docker context " + context),
                Files.isDirectory(tls) ? Optional.of(tls) : Optional.empty(),
                "the Docker context " + context);
    }

    private static URI uri(String host, String source) {
        URI uri;
        try {
            uri = URI.create(host);
        } catch (IllegalArgumentException malformed) {
            throw new PaddockException(
                    source + " is '" + host + "', which is no address",
                    "write it as unix:///var/run/docker.sock or tcp://127.0.0.1:2376");
        }
        String scheme = String.valueOf(uri.getScheme());
        if (scheme.equals("ssh")) {
            throw new PaddockException(
                    source + " is " + host + ", and Paddock doesn't speak SSH itself",
                    "forward the socket and name that: ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock HOST"
                            + " & export DOCKER_HOST=unix:///tmp/docker.sock");
        }
        if (!List.of("unix", "tcp", "npipe", "http", "https").contains(scheme)) {
            throw new PaddockException(
                    source + " is '" + host + "', which is no address of a Docker Engine",
                    "write it as unix:///var/run/docker.sock or tcp://127.0.0.1:2376");
        }
        return uri;
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't read " + file + ": " + failure.getMessage(), "mend or remove it", failure);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
