package dev.paddock.stack;

import dev.paddock.model.ContainerSpec;
import dev.paddock.model.HealthCheck;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.ServiceSpec;
import dev.paddock.model.Storage;
import dev.paddock.model.Tuning;
import dev.paddock.postgres.InitdbArguments;
import dev.paddock.script.InitScripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL as Compose has it: an image of the official contract, told what Paddock would do.
 *
 * @param prepared an image that has its data already, of a snapshot or a template
 */
record ComposePostgres(StackFile file, Optional<PreparedImage> prepared, ComposePaths paths) {
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
        service.put("image", prepared.map(PreparedImage::name).orElseGet(() -> image(server)));
        service.put("command", command(server));
        Map<String, String> environment = environment(server);
        if (!environment.isEmpty()) {
            service.put("environment", environment);
        }
        service.put("secrets", List.of(ServiceSpec.POSTGRES_PASSWORD));
        List<Object> volumes = common.volumes();
        if (prepared.isEmpty()) {
            scripts(server, volumes);
        }
        if (keepsData(server)) {
            volumes.add(VOLUME + ":" + place(server));
        }
        if (!volumes.isEmpty()) {
            service.put("volumes", volumes);
        }
        List<Object> memory = common.memory();
        // What is in an image can't be in memory: what is changed is the container's own.
        if (prepared.isEmpty() && server.storage() instanceof Storage.InMemory limited) {
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

    private String place(ServerSpec server) {
        if (prepared.isPresent()) {
            return prepared.get().data();
        }
        return major(server) >= 18 ? "/var/lib/postgresql" : "/var/lib/postgresql/data";
    }

    /** A colon too many has Compose choose a free one. */
    private static String port(OptionalInt port) {
        return port.isPresent() ? Integer.toString(port.getAsInt()) : "";
    }

    /** Whether Compose can have it only with an image that has its data already: it clones nothing, and runs neither migrations nor dumps. */
    static boolean needsImage(StackFile file) {
        ServerSpec server = file.stack().postgres();
        return server.snapshot().isPresent()
                || !file.template().isEmpty()
                || server.init().stream()
                        .flatMap(given -> InitScripts.files(given).stream())
                        .anyMatch(script -> !isRunByImages(script))
                || !InitScripts.readBy(server.init()).isEmpty();
    }

    private void refuse(ServerSpec server) {
        if (prepared.isEmpty() && needsImage(file)) {
            throw new InvalidSpecException(
                    "Compose clones no snapshots, and runs neither migrations nor dumps",
                    "make an image of the data with: paddock snapshot push");
        }
        if (server.container().network().isPresent()) {
            throw new InvalidSpecException(
                    "Compose makes a network of its own, not "
                            + server.container().network().get(),
                    "leave out network");
        }
        if (!server.files().isNone()) {
            throw new InvalidSpecException(
                    "Compose gives a container files with the owner and mode that they have here, which PostgreSQL may"
                            + " refuse",
                    "leave out config, hba and tls, or put them into an image");
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
            settings.put("full_page_writes", "off");
            if (!keepsData(server)) {
                settings.put("synchronous_commit", "off");
            }
        }
        settings.putAll(server.settings());
        List<String> command = new ArrayList<>(List.of("postgres"));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private Map<String, String> environment(ServerSpec server) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (prepared.isEmpty()) {
            describeData(server, environment);
        }
        environment.putAll(server.container().environment());
        return environment;
    }

    private static void describeData(ServerSpec server, Map<String, String> environment) {
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
    }

    private static String database(ServerSpec server) {
        return server.database().orElse("postgres");
    }

    private void scripts(ServerSpec server, List<Object> volumes) {
        int number = 1;
        for (Path given : server.init()) {
            for (Path script : InitScripts.files(given)) {
                volumes.add(paths.seen(script) + ":" + INIT + String.format("%03d-", number++) + script.getFileName()
                        + ":ro");
            }
        }
    }

    private static boolean isRunByImages(Path script) {
        return Files.isRegularFile(script)
                && String.valueOf(script.getFileName()).matches(".*\\.sql(\\.(gz|xz|zst))?");
    }

    private Map<String, Object> health(ServerSpec server) {
        String user =
                prepared.map(PreparedImage::user).orElseGet(() -> server.user().orElse("postgres"));
        String database = prepared.map(PreparedImage::database).orElseGet(() -> database(server));
        // Over TCP, which the server of the initialisation doesn't listen on.
        List<String> command = server.container()
                .health()
                .map(HealthCheck::command)
                .orElseGet(() -> List.of("pg_isready", "-q", "-h", "127.0.0.1", "-U", user, "-d", database));
        ComposeHealth health = ComposeHealth.command(command, server.startTimeout());
        return (prepared.isPresent() ? health.after(password(user, database)) : health).describe();
    }

    /** Nobody knows the password that is in an image's data; whoever may run programs inside of its container may set another. */
    private static String password(String user, String database) {
        String done = "/dev/shm/password-is-set";
        return "[ -e " + done + " ] || { printf '%s\\n' 'SET log_statement TO none;'"
                + " '\\set password `cat " + SECRETS + ServiceSpec.POSTGRES_PASSWORD + "`'"
                + " \"ALTER ROLE :\\\"role\\\" PASSWORD :'password';\""
                // Whatever the file gives the container's variables, it is this server's password that is set.
                + " | PGHOST= PGHOSTADDR= psql -qX -v ON_ERROR_STOP=1 -v "
                + ComposeHealth.quoted(List.of("role=" + user, "-U", user, "-d", database)) + " && touch " + done
                + "; }";
    }
}
