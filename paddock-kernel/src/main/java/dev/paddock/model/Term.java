package dev.paddock.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that a user can say about a server, as each vocabulary writes it; {@code null} where it can't be said. */
public enum Term {
    POSTGRES("--postgres", "version", "withPostgres", "postgres", "postgres", null),
    SYSTEM_POSTGRES(
            "--postgres system",
            "version: system",
            "ServerSpec.postgres(\"system\")",
            "postgres = \"system\"",
            "postgres = \"system\"",
            null),
    EMBEDDED(
            "--engine embedded",
            "engine: embedded",
            "Paddock.embedded()",
            "the setting paddock.engine=embedded",
            "engine = \"embedded\"",
            "engine=embedded"),
    DOCKER(
            "--engine docker",
            "engine: docker",
            "Paddock.docker()",
            "the setting paddock.engine=docker",
            "engine = \"docker\"",
            "engine=docker"),
    IMAGE("--image", "image", "ContainerSpec.withImage", "image", "image", "image"),
    PORT("--port", "port", "withPort", null, null, null),
    USER("--user", "user", "withUser", null, null, null),
    PASSWORD("--password-file", "password_file", "withPassword", null, null, null),
    DATABASE("--database", "database", "withDatabase", null, null, null),
    FORMAT("--locale, --encoding and --checksums", "locale, encoding and checksums", "withFormat", null, null, null),
    INIT("--init", "init", "withInit", "scripts", "scripts", "scripts"),
    DISK("--disk", "disk", "Storage.OnDisk", null, null, null),
    DISK_VOLUME("--disk-volume", "disk_volume", "Storage.inVolume", null, null, null),
    NETWORK("--network", "network", "ContainerSpec.withNetwork", null, null, null),
    START_TIMEOUT("--start-timeout", "start_timeout", "withStartTimeout", null, null, null);

    private final String option;
    private final String key;
    private final String method;
    private final @Nullable String ofJunit;
    private final @Nullable String ofSpring;
    private final @Nullable String parameter;

    Term(
            String option,
            String key,
            String method,
            @Nullable String ofJunit,
            @Nullable String ofSpring,
            @Nullable String parameter) {
        this.option = option;
        this.key = key;
        this.method = method;
        this.ofJunit = ofJunit;
        this.ofSpring = ofSpring;
        this.parameter = parameter;
    }

    /** How it is written there, if it can be. */
    public Optional<String> in(Vocabulary vocabulary) {
        return Optional.ofNullable(
                switch (vocabulary) {
                    case COMMAND_LINE -> option;
                    case FILE -> key;
                    case JAVA -> method;
                    case JUNIT -> ofJunit;
                    case SPRING -> ofSpring;
                    case URL -> parameter;
                });
    }
}
