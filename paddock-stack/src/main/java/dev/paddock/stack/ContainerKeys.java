package dev.paddock.stack;

import dev.paddock.model.ByteSize;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.LogDriver;
import dev.paddock.model.Mount;
import dev.paddock.model.PullPolicy;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be said of any container, PostgreSQL's and services' alike. */
final class ContainerKeys {
    static final List<Key<? super ContainerDraft>> ALL = List.of(
            new Key<>(
                    "image",
                    "The image, by tag or digest.",
                    Shape.TEXT,
                    (draft, value) -> draft.change(so -> so.withImage(value.read(ImageName::require)))),
            new Key<>(
                    "pull",
                    "When to ask the registry for the image: missing (the default), always, never.",
                    Shape.oneOf("missing", "always", "never"),
                    (draft, value) -> draft.change(so -> so.withPull(value.read(ContainerKeys::pull)))),
            new Key<>(
                    "environment",
                    "Variables of its processes. Never for secrets, which anybody who may inspect the container sees.",
                    Shape.NAMED_TEXTS,
                    (draft, value) -> draft.change(so -> so.withEnvironment(value.texts()))),
            new Key<>(
                    "labels",
                    "Labels of the container.",
                    Shape.NAMED_TEXTS,
                    (draft, value) -> draft.change(so -> so.withLabels(value.texts()))),
            new Key<>(
                    "aliases",
                    "Names on its network, besides its own.",
                    Shape.TEXTS,
                    (draft, value) -> draft.change(so -> value.making(() -> so.withAliases(
                            value.list().stream().map(Value::text).toList())))),
            new Key<>(
                    "volumes",
                    "Volumes as name:/path, or by keys, and the host's files and folders as ./path:/path; :ro behind it forbids writing.",
                    Shape.listOf(VolumeKeys.MOUNT),
                    (draft, value) -> value.strictList().forEach(each -> draft.mount(VolumeKeys.mount(each), each))),
            new Key<>(
                    "tmpfs",
                    "Folders in memory, with their sizes.",
                    Shape.namedBy("/.*", Shape.SIZE),
                    (draft, value) -> value.entries()
                            .forEach((path, size) -> draft.mount(
                                    path.read(target -> new Mount.Tmpfs(target, size.read(ByteSize::parse))), path))),
            new Key<>(
                    "limits",
                    "What it may use.",
                    LimitKeys.ALL.shape(),
                    (draft, value) -> draft.change(so -> so.withLimits(LimitKeys.read(value)))),
            new Key<>(
                    "shared_memory",
                    "The size of /dev/shm (default for PostgreSQL 256MB, else as the engine gives it).",
                    Shape.SIZE,
                    (draft, value) -> draft.change(so -> so.withSharedMemory(value.read(ByteSize::parse)))),
            new Key<>(
                    "read_only",
                    "Whether nothing but its volumes can be written to.",
                    Shape.FLAG,
                    (draft, value) -> draft.change(so -> so.withReadOnlyRoot(value.flag()))),
            new Key<>(
                    "run_as",
                    "The user that its processes run as: uid or uid:gid.",
                    Shape.TEXT,
                    (draft, value) -> draft.change(so -> so.withUser(value.read(ContainerKeys::user)))),
            new Key<>(
                    "capabilities",
                    "Capabilities of the kernel that it keeps, such as NET_RAW.",
                    Shape.WORDS,
                    (draft, value) -> draft.change(so -> so.withCapabilities(Set.copyOf(
                            value.strictList().stream().map(Value::text).toList())))),
            new Key<>(
                    "log",
                    "Where the engine takes its output.",
                    LogKeys.ALL.shape(),
                    (draft, value) -> draft.change(so -> so.withLog(LogKeys.read(value)))));

    private ContainerKeys() {}

    private static PullPolicy pull(String text) {
        return switch (text) {
            case "missing", "always", "never" -> PullPolicy.valueOf(text.toUpperCase(Locale.ROOT));
            default ->
                throw new InvalidSpecException(
                        "'" + text + "' is no time to pull an image", "write missing, always or never");
        };
    }

    private static String user(String text) {
        if (!text.matches("\\d{1,9}(:\\d{1,9})?")) {
            throw new InvalidSpecException(
                    "'" + text + "' is not a user by number", "write it as \"999\" or \"999:999\", in quotes");
        }
        return text;
    }

    /** What can be said of a log. */
    private static final class LogKeys {
        static final Keys<LogKeys> ALL = new Keys<>(
                "log",
                List.of(
                        new Key<LogKeys>(
                                "driver",
                                "Such as json-file, local, journald, syslog, none.",
                                Shape.TEXT,
                                (draft, value) -> draft.driver = value.text()),
                        new Key<LogKeys>(
                                "options",
                                "The driver's own, such as max-size.",
                                Shape.NAMED_TEXTS,
                                (draft, value) -> draft.options = new LogDriver("", value.texts()))));

        private String driver = "";
        private LogDriver options = new LogDriver("", java.util.Map.of());

        static LogDriver read(Value value) {
            LogKeys draft = ALL.read(value, new LogKeys());
            if (draft.driver.isEmpty()) {
                throw value.wrong("a log needs its driver", "write it as {driver: local}");
            }
            return new LogDriver(draft.driver, draft.options.options());
        }
    }
}
