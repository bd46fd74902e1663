package dev.paddock.stack;

import dev.paddock.model.OwnFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What can be said of files of the user's own, which PostgreSQL is configured with. */
final class FileKeys {
    static final List<Key<? super PostgresDraft>> ALL = List.of(
            new Key<>(
                    "config",
                    "Parts of a postgresql.conf; settings come on top.",
                    Shape.TEXTS,
                    (draft, value) -> change(draft, files -> files.withSettings(existing(value)))),
            new Key<>(
                    "hba",
                    "Parts of a pg_hba.conf, asked before the rule that all need the password.",
                    Shape.TEXTS,
                    (draft, value) -> change(draft, files -> files.withAccess(existing(value)))),
            new Key<>(
                    "tls",
                    "What the server proves with who it is.",
                    Tls.ALL.shape("certificate", "key"),
                    (draft, value) -> change(draft, files -> files.withTls(Tls.read(value)))));

    private FileKeys() {}

    private static void change(PostgresDraft draft, UnaryOperator<OwnFiles> change) {
        draft.with(spec -> spec.withFiles(change.apply(spec.files())));
    }

    private static List<Path> existing(Value value) {
        return value.list().stream().map(Value::existingPath).toList();
    }

    /** What can be said of TLS. */
    private static final class Tls {
        static final Keys<Tls> ALL = new Keys<>(
                "tls",
                List.of(
                        new Key<Tls>(
                                "certificate",
                                "The server's certificate, in PEM.",
                                Shape.TEXT,
                                (draft, value) -> draft.certificate = value.existingPath()),
                        new Key<Tls>(
                                "key",
                                "Its key, in PEM, with whatever owner and mode.",
                                Shape.TEXT,
                                (draft, value) -> draft.key = value.existingPath()),
                        new Key<Tls>(
                                "authority",
                                "Whose certificates clients may log in with.",
                                Shape.TEXT,
                                (draft, value) -> draft.authority = Optional.of(value.existingPath()))));

        private @Nullable Path certificate;
        private @Nullable Path key;
        private Optional<Path> authority = Optional.empty();

        static OwnFiles.Tls read(Value value) {
            Tls draft = ALL.read(value, new Tls());
            if (draft.certificate == null || draft.key == null) {
                throw value.wrong(
                        "TLS needs a certificate and its key",
                        "write it as {certificate: ./server.crt, key: ./server.key}");
            }
            return new OwnFiles.Tls(draft.certificate, draft.key, draft.authority);
        }
    }
}
