package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.model.PaddockException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The ways to an engine that lets in nobody without a certificate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class ConnectionTest {
    private final Path folder;
    private String address;
    private OwnEngine engine;

    ConnectionTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca-key.pem -out ca.pem");
        certificate("server", "subjectAltName=IP:127.0.0.1");
        certificate("client", "extendedKeyUsage=clientAuth");
        Files.copy(folder.resolve("client.pem"), folder.resolve("cert.pem"));
        Files.copy(folder.resolve("client-key.pem"), folder.resolve("key.pem"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        address = "tcp://127.0.0.1:" + port;
        engine = OwnEngine.start(
                "--host=" + address,
                "--tlsverify",
                "--tlscacert=" + folder.resolve("ca.pem"),
                "--tlscert=" + folder.resolve("server.pem"),
                "--tlskey=" + folder.resolve("server-key.pem"));
    }

    @AfterAll
    void stop() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    private void certificate(String name, String extension) throws Exception {
        Files.writeString(folder.resolve(name + ".ext"), extension + "\n");
        openssl("req -newkey rsa:2048 -nodes -subj /CN=" + name + " -keyout " + name + "-key.pem -out " + name
                + ".csr");
        openssl("x509 -req -days 2 -in " + name + ".csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -extfile " + name
                + ".ext -out " + name + ".pem");
    }

    private void openssl(String arguments) throws Exception {
        Process process = new ProcessBuilder(("openssl " + arguments).split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void ask(Map<String, String> environment) {
        try (DockerConnection connection = DockerConnection.open(environment)) {
            assertThat(connection.client().infoCmd().exec().getContainers()).isZero();
        }
    }

    @Test
    void theEnvironmentNamesItAndTheCertificates() {
        ask(Map.of("DOCKER_HOST", address, "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", folder.toString()));
    }

    @Test
    void aContextNamesItAndHasTheCertificates() throws Exception {
        Path config = Files.createDirectories(folder.resolve("home/.docker"));
        String id = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest("safe".getBytes(StandardCharsets.UTF_8)));
        Path meta = Files.createDirectories(config.resolve("contexts/meta").resolve(id));
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\":\"safe\",\"Endpoints\":{\"docker\":{\"Host\":\"" + address + "\"}}}");
        Path tls = Files.createDirectories(
                config.resolve("contexts/tls").resolve(id).resolve("docker"));
        for (String file : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
            Files.copy(folder.resolve(file), tls.resolve(file));
        }
        ask(Map.of("DOCKER_CONFIG", config.toString(), "DOCKER_CONTEXT", "safe"));
        Files.writeString(config.resolve("config.json"), "{\"currentContext\":\"safe\"}");
        ask(Map.of("DOCKER_CONFIG", config.toString()));
        ask(Map.of("HOME", folder.resolve("home").toString()));
    }

    @Test
    void withoutACertificateNobodyIsLetInAndIsToldWhere() {
        assertThatThrownBy(() -> ask(Map.of("DOCKER_HOST", address)))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining(address);
    }
}
