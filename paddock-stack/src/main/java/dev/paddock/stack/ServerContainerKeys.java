package dev.paddock.stack;

import dev.paddock.model.Durations;
import dev.paddock.model.HealthCheck;
import dev.paddock.model.RestartPolicy;
import java.time.Duration;
import java.util.List;

/** What can be said of PostgreSQL's container alone: services live and die with it. */
final class ServerContainerKeys {
    static final List<Key<? super PostgresDraft>> ALL = List.of(
            new Key<>(
                    "published",
                    "Whether the host reaches it, on loopback only (default true).",
                    Shape.FLAG,
                    (draft, value) -> draft.change(so -> so.withPublished(value.flag()))),
            new Key<>(
                    "network",
                    "The network that it is on, made if there is none of that name; a stack with services has its own.",
                    Shape.TEXT,
                    (draft, value) -> draft.change(so -> so.withNetwork(value.text(), so.aliases()))),
            new Key<>(
                    "restart",
                    "What the engine does when it ends by itself: no, on-failure, on-failure:3, unless-stopped, always.",
                    Shape.oneOf("no", "on-failure(:\\d+)?", "unless-stopped", "always"),
                    (draft, value) -> draft.change(so -> so.withRestart(value.read(RestartPolicy::parse)))),
            new Key<>(
                    "health",
                    "How the engine itself finds out whether it works.",
                    Health.ALL.shape(),
                    (draft, value) -> draft.change(so -> so.withHealth(Health.read(value)))));

    private ServerContainerKeys() {}

    /** What can be said of a health check. */
    private static final class Health {
        static final Keys<Health> ALL = new Keys<>(
                "health",
                List.of(
                        new Key<Health>(
                                "command",
                                "Succeeds if it works; a text is for a shell.",
                                Shape.TEXTS,
                                (draft, value) -> draft.command = ServiceKeys.command(value)),
                        new Key<Health>(
                                "interval",
                                "Time between two checks.",
                                Shape.DURATION,
                                (draft, value) -> draft.interval = duration("interval", value)),
                        new Key<Health>(
                                "timeout",
                                "Time that one may take.",
                                Shape.DURATION,
                                (draft, value) -> draft.timeout = duration("timeout", value)),
                        new Key<Health>(
                                "retries",
                                "How many failures in a row make it unhealthy.",
                                Shape.NUMBER,
                                (draft, value) -> draft.retries = value.smallNumber()),
                        new Key<Health>(
                                "start_period",
                                "How long failures don't count.",
                                Shape.DURATION,
                                (draft, value) -> draft.startPeriod = duration("start_period", value))));

        private List<String> command = List.of();
        private Duration interval = Duration.ofSeconds(10);
        private Duration timeout = Duration.ofSeconds(5);
        private int retries = 3;
        private Duration startPeriod = Duration.ZERO;

        static HealthCheck read(Value value) {
            Health draft = ALL.read(value, new Health());
            return value.making(() ->
                    new HealthCheck(draft.command, draft.interval, draft.timeout, draft.retries, draft.startPeriod));
        }

        private static Duration duration(String name, Value value) {
            return value.read(text -> Durations.parse(name, text));
        }
    }
}
