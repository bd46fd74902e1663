package dev.paddock.stack;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.ServiceSpec;
import dev.paddock.model.StackSpec;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What a {@code paddock.yaml} says.
 *
 * @param file as it was given
 * @param name what to call it when it stands
 * @param engine where it is to run
 * @param template what the database is to be made from
 * @param passwordFile where PostgreSQL's password is from
 */
public record StackFile(
        Path file,
        Optional<String> name,
        Optional<String> engine,
        StackSpec stack,
        List<Path> template,
        Optional<Path> passwordFile) {

    private static final int DEEPEST = 50;

    public StackFile {
        template = List.copyOf(template);
    }

    /**
     * Reads one.
     *
     * @param environment what its variables stand for
     * @throws InvalidSpecException with file, line and column of what is wrong
     */
    public static StackFile read(Path file, Map<String, String> environment) {
        Optional<Node> root;
        try {
            LoadSettings settings =
                    LoadSettings.builder().setLabel(file.toString()).build();
            String text = Files.readString(file);
            requireShallow(file, new Parse(settings).parseString(text));
            root = new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException malformed) {
            throw Value.failure(
                    file, malformed.getProblemMark(), String.valueOf(malformed.getProblem()), "it must be YAML");
        } catch (YamlEngineException malformed) {
            throw Value.failure(file, Optional.empty(), String.valueOf(malformed.getMessage()), "it must be YAML");
        } catch (MalformedInputException binary) {
            throw Value.failure(file, Optional.empty(), "it is not text in UTF-8", "it must be YAML");
        } catch (IOException failure) {
            throw new InvalidSpecException(
                    "can't read " + file + ": "
                            + (Files.isDirectory(file)
                                    ? "it is a folder"
                                    : Files.exists(file) ? failure.getMessage() : "there is no such file"),
                    "name a file such as paddock.yaml");
        }
        StackKeys draft = new StackKeys();
        root.ifPresent(node -> {
            Value value = new Value(node, file, new Variables(environment));
            if (!value.isNothing()) {
                StackKeys.ALL.readWithExtensions(value, draft);
            }
        });
        return draft.complete(file);
    }

    /** What is nested deeper than any key reaches could be too deep for the stack of a thread. */
    private static void requireShallow(Path file, Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                throw Value.failure(
                        file, event.getStartMark(), "this is nested deeper than " + DEEPEST + " levels", "flatten it");
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    /** That the file is in. */
    Path folder() {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    /** What all files may say, as a JSON schema for editors. */
    public static String schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "paddock.yaml: PostgreSQL and services beside it");
        schema.putAll(StackKeys.ALL.shape());
        schema.put("patternProperties", Map.of("^x-", Map.of()));
        return JsonText.of(schema);
    }

    /** What can be said at the top. */
    private static final class StackKeys {
        static final Keys<StackKeys> ALL = new Keys<>(
                "the file",
                List.of(
                        new Key<StackKeys>(
                                "name",
                                "What to call it when it is left running.",
                                Shape.TEXT,
                                (draft, value) -> draft.name = Optional.of(value.text())),
                        new Key<StackKeys>(
                                "engine",
                                "Where it runs: embedded or docker. Services need docker.",
                                Shape.TEXT,
                                (draft, value) -> draft.engine = Optional.of(value.text())),
                        new Key<StackKeys>(
                                "postgres",
                                "PostgreSQL.",
                                PostgresKeys.ALL.shape(),
                                (draft, value) -> draft.postgres = PostgresKeys.read(value)),
                        new Key<StackKeys>(
                                "services",
                                "Containers beside it, by their names on the network.",
                                Shape.namedBy("[a-z]([a-z0-9-]{0,61}[a-z0-9])?", ServiceKeys.ALL.shape("image")),
                                (draft, value) -> draft.services(value)),
                        new Key<StackKeys>(
                                "secrets",
                                "Files whose content nobody else may see, by name.",
                                Shape.namedBy("[A-Za-z0-9_.-]+", SecretKeys.ALL.shape("file")),
                                (draft, value) -> value.entries()
                                        .forEach((name, secret) ->
                                                draft.secrets.put(SecretKeys.name(name), SecretKeys.read(secret))))));

        private Optional<String> name = Optional.empty();
        private Optional<String> engine = Optional.empty();
        private PostgresDraft postgres = new PostgresDraft();
        private final Map<Value, ServiceSpec> services = new LinkedHashMap<>();
        private final Map<String, Path> secrets = new LinkedHashMap<>();

        private void services(Value value) {
            value.entries().forEach((key, service) -> services.put(key, ServiceKeys.read(key, service)));
        }

        StackFile complete(Path file) {
            ServerSpec server = postgres.complete();
            List<ServiceSpec> all = List.copyOf(services.values());
            // Of what is wrong between services, the first that has a part in it tells the place.
            services.forEach(
                    (key, service) -> key.checking(() -> StackSpec.requireSense(service, all, secrets.keySet())));
            StackSpec stack = new StackSpec(server, all, secrets);
            return new StackFile(
                    file, name, engine, stack, postgres.template, Optional.ofNullable(postgres.passwordFile));
        }
    }
}
