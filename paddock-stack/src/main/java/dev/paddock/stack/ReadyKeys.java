package dev.paddock.stack;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.Readiness;
import java.util.ArrayList;
import java.util.List;

/** What can be said of how a service becomes ready. */
final class ReadyKeys {
    static final Keys<ReadyKeys> ALL = new Keys<>(
            "ready",
            List.of(
                    new Key<ReadyKeys>(
                            "port",
                            "It listens there.",
                            Shape.NUMBER,
                            (draft, value) ->
                                    draft.ways.add(value.read(text -> new Readiness.Listens(value.smallNumber())))),
                    new Key<ReadyKeys>(
                            "command",
                            "This succeeds in its container; a text is for a shell.",
                            Shape.TEXTS,
                            (draft, value) -> draft.ways.add(
                                    value.making(() -> new Readiness.Succeeds(ServiceKeys.command(value))))),
                    new Key<ReadyKeys>(
                            "log",
                            "A line of its output contains this.",
                            Shape.TEXT,
                            (draft, value) -> draft.ways.add(value.read(Readiness.Says::new))),
                    new Key<ReadyKeys>(
                            "http",
                            "A port and a path, as 8080/health: a request is answered with a status below 400.",
                            Shape.TEXT,
                            (draft, value) -> draft.ways.add(value.read(ReadyKeys::http)))));

    private final List<Readiness> ways = new ArrayList<>();

    private ReadyKeys() {}

    static Readiness read(Value value) {
        ReadyKeys draft = ALL.read(value, new ReadyKeys());
        if (draft.ways.size() != 1) {
            throw value.wrong(
                    draft.ways.isEmpty()
                            ? "nothing is said of how it is found out that it works"
                            : "more than one thing is said of how it is found out that it works",
                    "name one of port, command, log and http");
        }
        return draft.ways.get(0);
    }

    private static Readiness http(String text) {
        int slash = text.indexOf('/');
        String port = slash < 0 ? text : text.substring(0, slash);
        if (!port.matches("\\d{1,5}")) {
            throw new InvalidSpecException(
                    "'" + text + "' is not a port and the path of a request", "write it as 8080/health");
        }
        return new Readiness.Answers(Integer.parseInt(port), slash < 0 ? "/" : text.substring(slash));
    }
}
