package dev.paddock.stack;

import dev.paddock.model.Durations;
import dev.paddock.model.ServiceData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What can be said of the data that a service begins with. */
final class DataKeys {
    static final Keys<DataKeys> ALL = new Keys<>(
            "snapshot",
            List.of(
                    new Key<DataKeys>(
                            "data",
                            "Where the service keeps its data.",
                            Shape.TEXT,
                            (draft, value) -> draft.data = value.text()),
                    new Key<DataKeys>(
                            "files",
                            "Files and folders that are needed to make it.",
                            Shape.TEXTS,
                            (draft, value) -> draft.files = value.list().stream()
                                    .map(Value::existingPath)
                                    .toList()),
                    new Key<DataKeys>(
                            "at",
                            "Where they are seen while it is made (default " + ServiceData.RESTORE + ").",
                            Shape.TEXT,
                            (draft, value) -> draft.at = value.text()),
                    new Key<DataKeys>(
                            "restore",
                            "Run in the service once it is ready; a text is for a shell.",
                            Shape.TEXTS,
                            (draft, value) -> draft.restore = ServiceKeys.command(value)),
                    new Key<DataKeys>(
                            "timeout",
                            "Give up if it takes longer to make it (default 10m).",
                            Shape.DURATION,
                            (draft, value) -> draft.timeout = value.read(text -> Durations.parse("timeout", text)))));

    private String data = "";
    private List<Path> files = List.of();
    private String at = ServiceData.RESTORE;
    private List<String> restore = List.of();
    private Duration timeout = Duration.ofMinutes(10);

    private DataKeys() {}

    static ServiceData read(Value value) {
        DataKeys draft = ALL.read(value, new DataKeys());
        if (draft.data.isEmpty()) {
            throw value.wrong("a snapshot needs the folder of the data", "write it as data: /var/lib/mysql");
        }
        return value.making(() -> new ServiceData(draft.data, draft.files, draft.at, draft.restore, draft.timeout));
    }
}
