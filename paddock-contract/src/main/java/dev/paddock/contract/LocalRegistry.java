package dev.paddock.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A registry of this machine's own, as Debian's package {@code docker-registry} has it. */
public final class LocalRegistry implements AutoCloseable {
    public static final String USER = "keeper";
    public static final String PASSWORD = "stable-door";

    /** Of that password, as the registry wants it. */
    private static final String HASH = "$2y$05$abcdefghijklmnopqrstuueVeadm03wNYcOsmQduu4PP9oCxTGLjC";

    private static final List<String> PROGRAMS = List.of("/usr/bin/docker-registry", "/usr/local/bin/registry");

    private static final String OCI = "application/vnd.oci.image.manifest.v1+json";

    private final Path folder;
    private final int port;
    private final Process process;

    private LocalRegistry(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** One that anybody may use. Skips the test, saying why, where no registry is installed. */
    public static LocalRegistry open(Path folder) {
        return start(folder, "");
    }

    /** One that wants the credentials above. */
    public static LocalRegistry locked(Path folder) throws IOException {
        Path users = Files.writeString(folder.resolve("htpasswd"), USER + ":" + HASH + "\n");
        return start(folder, "auth:\n  htpasswd:\n    realm: test\n    path: " + users + "\n");
    }

    private static LocalRegistry start(Path folder, String more) {
        String program = PROGRAMS.stream()
                .filter(each -> Files.isExecutable(Path.of(each)))
                .findFirst()
                .orElse("");
        assumeTrue(!program.isEmpty(), "no registry is installed: Debian's package is docker-registry");
        try {
            int port = freePort();
            Path config = folder.resolve("config.yml");
            Files.writeString(
                    config,
                    "version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: "
                            + folder.resolve("storage") + "\n  delete:\n    enabled: true\nhttp:\n  addr: 127.0.0.1:"
                            + port + "\n" + more);
            Process process = new ProcessBuilder(program, "serve", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            LocalRegistry registry = new LocalRegistry(folder, port, process);
            if (!Deadline.in(Duration.ofSeconds(20)).await(() -> registry.answers() || !process.isAlive())
                    || !process.isAlive()) {
                process.destroyForcibly();
                throw new IllegalStateException("no registry: " + Files.readString(folder.resolve("log")));
            }
            return registry;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private boolean answers() {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The name of an image in it. */
    public String image(String name) {
        return "localhost:" + port + "/" + name;
    }

    /** The environment of a user who has logged in with this password. */
    public Map<String, String> login(Path configFolder, String password) throws IOException {
        String secret = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(configFolder);
        Files.writeString(
                configFolder.resolve("config.json"),
                "{\"auths\":{\"localhost:" + port + "\":{\"auth\":\"" + secret + "\"}}}");
        return Map.of("DOCKER_CONFIG", configFolder.toString());
    }

    /** The bytes of all blobs that are in it, however they are called. */
    public List<Path> blobs() throws IOException {
        Path blobs = folder.resolve("storage/docker/registry/v2/blobs");
        if (!Files.exists(blobs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(blobs)) {
            return files.filter(each -> each.endsWith("data")).toList();
        }
    }

    /** What an image's tag stands for. */
    public Path tagFile(String repository, String tag) {
        return folder.resolve(
                "storage/docker/registry/v2/repositories/" + repository + "/_manifests/tags/" + tag + "/current/link");
    }

    /** Has an image of it say something else of itself. */
    public void relabel(String repository, String tag, String label, String value) throws Exception {
        ObjectMapper json = new ObjectMapper();
        String manifests = "/v2/" + repository + "/manifests/" + tag;
        HttpResponse<byte[]> found =
                send(request(manifests).header("Accept", OCI).GET());
        ObjectNode manifest = (ObjectNode) json.readTree(found.body());
        ObjectNode described = (ObjectNode) manifest.path("config");
        String blobs = "/v2/" + repository + "/blobs/";
        ObjectNode configuration = (ObjectNode) json.readTree(
                send(request(blobs + described.path("digest").asText()).GET()).body());
        ((ObjectNode) configuration.path("config").path("Labels")).put(label, value);
        byte[] bytes = json.writeValueAsBytes(configuration);
        String digest = "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        String place = send(request(blobs + "uploads/").POST(HttpRequest.BodyPublishers.noBody()))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        send(HttpRequest.newBuilder(URI.create(place + (place.contains("?") ? "&" : "?") + "digest=" + digest))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
        described.put("digest", digest).put("size", bytes.length);
        send(request(manifests)
                .header(
                        "Content-Type",
                        found.headers().firstValue("Content-Type").orElse(OCI))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(manifest))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(response + ": " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response;
    }

    public Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
