package dev.paddock.oci.registry;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.registry.credentials.DockerConfigCredentialRetriever;
import dev.paddock.home.UserHome;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the user told {@code docker login} or {@code podman login}: in files, or kept by a credential helper. Never shown. */
public final class UserCredentials {
    /** @param token whether the secret is a token that stands for user and password */
    public record Login(String user, String secret, boolean token) {
        @Override
        public String toString() {
            return user;
        }
    }

    private final List<Path> files;

    private UserCredentials(List<Path> files) {
        this.files = files;
    }

    /** Of the user of this process. */
    public static UserCredentials ofUser() {
        return of(System.getenv());
    }

    static UserCredentials of(Map<String, String> environment) {
        List<Path> files = new ArrayList<>();
        if (environment.containsKey("REGISTRY_AUTH_FILE")) {
            files.add(Path.of(environment.get("REGISTRY_AUTH_FILE")));
        }
        String docker = environment.getOrDefault("DOCKER_CONFIG", "");
        Path folder = docker.isEmpty() ? UserHome.of(environment).resolve(".docker") : Path.of(docker);
        files.add(folder.resolve("config.json"));
        if (environment.containsKey("XDG_RUNTIME_DIR")) {
            files.add(Path.of(environment.get("XDG_RUNTIME_DIR"), "containers", "auth.json"));
        }
        return new UserCredentials(files);
    }

    /** @throws PaddockException if what the user has told can't be read */
    public Optional<Login> login(String registry) {
        return forRegistry(registry)
                .map(found -> new Login(found.getUsername(), found.getPassword(), found.isOAuth2RefreshToken()));
    }

    Optional<Credential> forRegistry(String registry) {
        for (Path file : files) {
            try {
                Optional<Credential> found =
                        DockerConfigCredentialRetriever.create(registry, file).retrieve(unheard -> {});
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException | RuntimeException unreadable) {
                // The message of a parser may quote what it stumbled over, which may be a secret.
                throw new PaddockException(
                        "can't read the credentials in " + file,
                        "mend it, or remove it and log in again with: docker login " + registry);
            }
        }
        return Optional.empty();
    }

    /** The first place that was looked at, for people. */
    Path place() {
        return files.get(0);
    }
}
