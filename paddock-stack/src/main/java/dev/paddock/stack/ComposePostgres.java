package dev.paddock.stack;

import dev.paddock.model.ContainerSpec;
import dev.paddock.model.HealthCheck;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.ServiceSpec;
import dev.paddock.model.Storage;
import dev.paddock.model.Tuning;
import dev.paddock.server.InitdbArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL as Compose has it: an image of the official contract, told what Paddock would do. */
record ComposePostgres(StackFile file, ComposePaths paths) {
    static final String VOLUME = "postgres-data";

    private static final String SECRETS = "/run/secrets/";
    private static final String INIT = "/docker-entrypoint-initdb.d/";
    private static final String MEMORY = "/var/lib/paddock";
    private static final Pattern MAJOR = Pattern.compile(":(\\d{2})(?:\\D.*)?$");
    private static final List<String> FORMAT = List.of(
            "--encoding", "--locale", "--icu", "--builtin", "--wal-segsize", "--data-checksums", "--no-data-checksums");

    static boolean keepsData(ServerSpec server) {
        return !(server.storage() instanceof Storage.InMemory);
    }

    Map<String, Object> describe() {
        ServerSpec server = file.stack().postgres();
        refuse(server);
        ContainerSpec container = server.container();
        ComposeContainer common = new ComposeContainer(container, paths);
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("image", image(server));
        service.put("command", command(server));
        service.put("environment", environment(server));
        service.put("secrets", List.of(ServiceSpec.POSTGRES_PASSWORD));
        List<Object> volumes = common.volumes();
        scripts(server, volumes);
        if (keepsData(server)) {
            volumes.add(VOLUME + ":" + (major(server) >= 18 ? "/var/lib/postgresql" : "/var/lib/postgresql/data"));
        }
        if (!volumes.isEmpty()) {
            service.put("volumes", volumes);
        }
        List<Object> memory = common.memory();
        if (server.storage() instanceof Storage.InMemory limited) {
            memory.add(MEMORY + ":mode=1777,size=" + limited.limit().bytes());
        }
        if (!memory.isEmpty()) {
            service.put("tmpfs", memory);
        }
        service.put(ComposeContainer.SHARED_MEMORY, ComposeContainer.bytes(ContainerSpec.POSTGRES_SHARED_MEMORY));
        common.describe(service);
        service.put("healthcheck", health(server));
        if (container.published()) {
            service.put("ports", List.of("127.0.0.1:" + port(server.port()) + ":5432"));
        }
        return service;
    }

    /** A colon too many has Compose choose a free one. */
    private static String port(OptionalInt port) {
        return port.isPresent() ? Integer.toString(port.getAsInt()) : "";
    }

    private void refuse(ServerSpec server) {
        if (server.container().network().isPresent()) {
            throw new InvalidSpecException(
                    "Compose makes a network of its own, not "
                            + server.container().network().get(),
                    "leave out network");
        }
        if (server.snapshot().isPresent()) {
            throw new InvalidSpecException(
                    "Compose can't clone the snapshot " + server.snapshot().get(),
                    "make an image of it, push that to a registry, and name it: image: registry.example.com/shop:1");
        }
        if (!file.template().isEmpty()) {
            throw new InvalidSpecException(
                    "Compose runs no migrations", "let a service of the stack run them, and leave out template");
        }
        if (!server.extensions().isEmpty()) {
            throw new InvalidSpecException("Compose adds no extensions from folders", "name an image that has them");
        }
    }

    private static String image(ServerSpec server) {
        return server.container().image().orElseGet(() -> {
            PostgresSource source =
                    server.postgres().orElse(new PostgresSource.Release(PostgresSource.NEWEST, OptionalInt.empty()));
            if (source instanceof PostgresSource.Release release) {
                return "postgres:" + release;
            }
            throw new InvalidSpecException(
                    "a container can't run the PostgreSQL of this machine (" + source + ")",
                    "name a version or an image");
        });
    }

    private static int major(ServerSpec server) {
        Matcher major = MAJOR.matcher(image(server));
        return major.find() ? Integer.parseInt(major.group(1)) : PostgresSource.NEWEST;
    }

    private static List<String> command(ServerSpec server) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (server.tuning() == Tuning.THROWAWAY) {
            settings.put("fsync", "off");
            settings.put("synchronous_commit", "off");
            settings.put("full_page_writes", "off");
        }
        settings.putAll(server.settings());
        List<String> command = new ArrayList<>(List.of("postgres"));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private static Map<String, String> environment(ServerSpec server) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("POSTGRES_USER", server.user().orElse("postgres"));
        environment.put("POSTGRES_DB", database(server));
        environment.put("POSTGRES_PASSWORD_FILE", SECRETS + ServiceSpec.POSTGRES_PASSWORD);
        environment.put(
                "POSTGRES_INITDB_ARGS",
                String.join(
                        " ",
                        InitdbArguments.of(major(server), server.format()).stream()
                                .filter(argument -> FORMAT.stream().anyMatch(argument::startsWith))
                                .toList()));
        if (!keepsData(server)) {
            environment.put("PGDATA", MEMORY + "/data");
        }
        environment.putAll(server.container().environment());
        return environment;
    }

    private static String database(ServerSpec server) {
        return server.database().orElse("postgres");
    }

    private void scripts(ServerSpec server, List<Object> volumes) {
        int number = 1;
        for (Path given : server.init()) {
            for (Path script : files(given)) {
                String name = String.valueOf(script.getFileName());
                if (!name.matches(".*\\.sql(\\.(gz|xz|zst))?")) {
                    throw new InvalidSpecException(
                            "the image of PostgreSQL doesn't run " + script + " when it is initialised",
                            "make it SQL, such as with: pg_restore --file schema.sql " + name);
                }
                volumes.add(paths.seen(script) + ":" + INIT + String.format("%03d-", number++) + name + ":ro");
            }
        }
    }

    private static List<Path> files(Path given) {
        if (!Files.isDirectory(given)) {
            return List.of(given);
        }
        try (Stream<Path> files = Files.walk(given)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException failure) {
            throw new InvalidSpecException("can't read " + given + ": " + failure.getMessage(), null);
        }
    }

    /** Over TCP, which the server of the initialisation doesn't listen on. */
    private static Map<String, Object> health(ServerSpec server) {
        HealthCheck check = server.container()
                .health()
                .orElseGet(() -> HealthCheck.of(List.of(
                        "pg_isready",
                        "-q",
                        "-h",
                        "127.0.0.1",
                        "-U",
                        server.user().orElse("postgres"),
                        "-d",
                        database(server))));
        List<String> test = new ArrayList<>(List.of("CMD"));
        test.addAll(check.command());
        return ComposeService.health(test, server.startTimeout());
    }
}
