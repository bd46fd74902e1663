package dev.paddock.docker.connection;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A client of one Docker Engine, speaking the newest version of its interface that both know. Thread-safe; closed by its opener. */
public final class DockerConnection implements AutoCloseable {
    private static final RemoteApiVersion OLDEST = RemoteApiVersion.create(1, 41);
    private static final RemoteApiVersion NEWEST = RemoteApiVersion.create(1, 47);
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    /** Each container that is attached to holds one. */
    private static final int MOST_CONNECTIONS = 2000;

    private final DockerHttpClient http;
    private final DockerClient client;
    private final EngineAddress address;

    private DockerConnection(DockerHttpClient http, DockerClient client, EngineAddress address) {
        this.http = http;
        this.client = client;
        this.address = address;
    }

    /**
     * Of the engine that the user's environment names.
     *
     * @throws PaddockException if it doesn't answer, refuses, or is too old
     */
    public static DockerConnection open(Map<String, String> environment) {
        return open(EngineAddress.find(environment), environment);
    }

    /** Of the engine at an address, with what else the environment says. */
    public static DockerConnection open(EngineAddress address, Map<String, String> environment) {
        DefaultDockerClientConfig first = config(address, environment, RemoteApiVersion.UNKNOWN_VERSION);
        DockerHttpClient http = BoundedHttp.around(
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(first.getDockerHost())
                        .sslConfig(first.getSSLConfig())
                        .maxConnections(MOST_CONNECTIONS)
                        .connectionTimeout(TO_CONNECT)
                        .build(),
                address);
        try {
            RemoteApiVersion version = negotiate(DockerClientImpl.getInstance(first, http), address);
            return new DockerConnection(
                    http, DockerClientImpl.getInstance(config(address, environment, version), http), address);
        } catch (RuntimeException failure) {
            close(http);
            throw failure;
        }
    }

    private static DefaultDockerClientConfig config(
            EngineAddress address, Map<String, String> environment, RemoteApiVersion version) {
        DefaultDockerClientConfig.Builder config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(address.uri().toString())
                .withDockerConfig(EngineAddress.configFolder(environment).toString())
                .withDockerTlsVerify(address.certificates().isPresent());
        address.certificates().ifPresent(folder -> config.withDockerCertPath(folder.toString()));
        return version.equals(RemoteApiVersion.UNKNOWN_VERSION)
                ? config.build()
                : config.withApiVersion(version).build();
    }

    @SuppressWarnings("resource") // It is the caller's.
    private static RemoteApiVersion negotiate(DockerClient client, EngineAddress address) {
        Version version;
        try {
            version = client.versionCmd().exec();
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the Docker Engine at " + address.uri() + " refuses: " + EngineFailure.reason(refused), refused);
        } catch (RuntimeException failure) {
            throw EngineFailure.unreachable(address, failure);
        }
        if (version.getApiVersion() == null) {
            throw new PaddockException(
                    "what answers at " + address.uri() + " (from " + address.source() + ") is no Docker Engine",
                    "name one with DOCKER_HOST");
        }
        RemoteApiVersion offered = RemoteApiVersion.parseConfig(version.getApiVersion());
        if (!offered.isGreaterOrEqual(OLDEST)) {
            throw new PaddockException(
                    "the Docker Engine at " + address.uri() + " is too old: its interface is " + offered.getVersion()
                            + ", Paddock needs " + OLDEST.getVersion(),
                    "use Docker 20.10 or newer, or Podman 4 or newer");
        }
        return offered.isGreaterOrEqual(NEWEST) ? NEWEST : offered;
    }

    /** To speak to it with; closed with this object. */
    public DockerClient client() {
        return client;
    }

    public EngineAddress address() {
        return address;
    }

    @Override
    public void close() {
        close(http);
    }

    private static void close(DockerHttpClient http) {
        try {
            http.close();
        } catch (IOException nothingToSave) {
            // A connection that is gone is closed.
        }
    }
}
