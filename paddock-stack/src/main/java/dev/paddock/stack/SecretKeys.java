package dev.paddock.stack;

import dev.paddock.model.ServiceSpec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be said of a secret. */
final class SecretKeys {
    static final Keys<SecretKeys> ALL = new Keys<>(
            "a secret",
            List.of(new Key<SecretKeys>(
                    "file",
                    "The file that holds it.",
                    Shape.TEXT,
                    (draft, value) -> draft.file = value.existingPath())));

    private @Nullable Path file;

    private SecretKeys() {}

    static String name(Value value) {
        String name = value.text();
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw value.wrong(
                    "'" + name + "' can't be the name of a secret",
                    "use letters, digits, dots, dashes and underscores");
        }
        if (name.equals(ServiceSpec.POSTGRES_PASSWORD)) {
            throw value.wrong(
                    name + " is PostgreSQL's password, which is always there",
                    "name its file under postgres, as password_file");
        }
        return name;
    }

    static Path read(Value value) {
        Path file = ALL.read(value, new SecretKeys()).file;
        if (file == null) {
            throw value.wrong("a secret needs its file", "write it as {file: ./token}");
        }
        return file;
    }
}
