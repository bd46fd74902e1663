package dev.paddock.stack;

import dev.paddock.model.Durations;
import dev.paddock.model.Readiness;
import dev.paddock.model.ServiceData;
import dev.paddock.model.ServicePort;
import dev.paddock.model.ServiceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be said of a service. */
final class ServiceKeys extends ContainerDraft {
    private static final List<Key<? super ServiceKeys>> OWN = List.of(
            new Key<>(
                    "entrypoint",
                    "Instead of the image's; a list.",
                    Shape.WORDS,
                    (draft, value) -> draft.entrypoint = Optional.of(words(value))),
            new Key<>(
                    "command",
                    "Instead of the image's; a list.",
                    Shape.WORDS,
                    (draft, value) -> draft.command = Optional.of(words(value))),
            new Key<>(
                    "ports",
                    "Ports that the host is to reach, on loopback only: 6379 on a free one, 16379:6379 on that one.",
                    Shape.anyOf(Shape.TEXT, Shape.listOf(Shape.TEXT)),
                    (draft, value) -> draft.ports = value.list().stream()
                            .map(port -> port.read(ServicePort::parse))
                            .toList()),
            new Key<>(
                    "secrets",
                    "Secrets that it sees as files below /run/secrets; postgres_password is always there to be named.",
                    Shape.WORDS,
                    (draft, value) -> draft.secrets = names(value)),
            new Key<>(
                    "depends_on",
                    "Services that must be ready before this one is started.",
                    Shape.WORDS,
                    (draft, value) -> draft.dependsOn = names(value)),
            new Key<>(
                    "ready",
                    "How it is found out that it works.",
                    ReadyKeys.ALL.shape(),
                    (draft, value) -> draft.ready = ReadyKeys.read(value)),
            new Key<>(
                    "start_timeout",
                    "Give up if it takes longer to become ready.",
                    Shape.DURATION,
                    (draft, value) -> draft.startTimeout = value.read(text -> Durations.parse("start_timeout", text))),
            new Key<>(
                    "snapshot",
                    "Data to begin with: made once by restoring it, and kept as an image.",
                    DataKeys.ALL.shape("data"),
                    (draft, value) -> draft.data = Optional.of(DataKeys.read(value))));

    static final Keys<ServiceKeys> ALL = new Keys<>("a service", all());

    private Optional<List<String>> entrypoint = Optional.empty();
    private Optional<List<String>> command = Optional.empty();
    private List<ServicePort> ports = List.of();
    private Set<String> secrets = Set.of();
    private Set<String> dependsOn = Set.of();
    private Readiness ready = new Readiness.AsImageSays();
    private Duration startTimeout = ServiceSpec.PATIENCE;
    private Optional<ServiceData> data = Optional.empty();

    private ServiceKeys() {}

    private static List<Key<? super ServiceKeys>> all() {
        List<Key<? super ServiceKeys>> all = new ArrayList<>(ContainerKeys.ALL);
        all.addAll(OWN);
        return all;
    }

    static ServiceSpec read(Value name, Value value) {
        ServiceKeys draft = ALL.read(value, new ServiceKeys());
        return name.making(() -> new ServiceSpec(
                name.text(),
                draft.container(),
                draft.entrypoint,
                draft.command,
                draft.ports,
                draft.secrets,
                draft.dependsOn,
                draft.ready,
                draft.startTimeout,
                draft.data));
    }

    private static List<String> words(Value value) {
        return value.strictList().stream().map(Value::text).toList();
    }

    private static Set<String> names(Value value) {
        return new LinkedHashSet<>(words(value));
    }

    /** A list as it is; a text for a shell. */
    static List<String> command(Value value) {
        return value.isList() ? words(value) : List.of("sh", "-c", value.text());
    }
}
