package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.model.Progress;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the contracts of scripts share: an empty database for each test, and words to run files in it and to ask it. */
abstract class ScriptContract {
    static final String DATABASE = "script_contract";

    Path folder = Path.of("");

    final List<String> roles = new ArrayList<>();
    final List<String> leftOut = new ArrayList<>();
    final List<String> echoes = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    /** A server to work on, the same for all tests if that is quicker; its sessions are a superuser's. */
    protected abstract ScriptTarget server();

    @BeforeEach
    void begin(@TempDir Path temporary) {
        folder = temporary;
        beginInAnEmptyDatabase();
    }

    void beginInAnEmptyDatabase() {
        try (WireConnection control = server().connect(server().database())) {
            control.execute("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
            control.execute(
                    "CREATE DATABASE " + DATABASE + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
            control.execute("DROP ROLE IF EXISTS dump_owner, \"dump Läser\"");
        }
    }

    void run(Path... inputs) {
        InitScripts.run(List.of(inputs), target(), new Notes(), new Listening());
    }

    ScriptException failure(Path... inputs) {
        ScriptException failure = catchThrowableOfType(ScriptException.class, () -> run(inputs));
        assertThat(failure).as("failure").isNotNull();
        return failure;
    }

    String value(String sql) {
        try (WireConnection connection = server().connect(DATABASE)) {
            return connection.query(sql).get(0).get(0).orElse("NULL");
        }
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    Path zipped(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    ScriptTarget target() {
        ScriptTarget server = server();
        return new ScriptTarget() {
            @Override
            public WireConnection connect(String user, String database) {
                return server.connect(user, database);
            }

            @Override
            public String user() {
                return server.user();
            }

            @Override
            public String database() {
                return DATABASE;
            }
        };
    }

    private final class Notes implements Progress {
        @Override
        public void advance(String activity, long done, long total) {}

        @Override
        public void note(String line) {
            notes.add(line);
        }
    }

    private final class Listening implements ScriptListener {
        @Override
        public void roleCreated(String role) {
            roles.add(role);
        }

        @Override
        public void leftOut(String statement, String reason) {
            leftOut.add(statement);
        }

        @Override
        public void echoed(String text) {
            echoes.add(text);
        }
    }
}
