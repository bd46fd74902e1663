package dev.paddock.script;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.wire.ServerErrorException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs one script as a whole or not at all: in one transaction. What PostgreSQL can't do in a transaction, such as CREATE INDEX
 * CONCURRENTLY, it refuses to do there; the script is then taken back and run statement by statement. Otherwise it is as with
 * {@link InitScripts}.
 */
public final class WholeScript {
    private static final String NOT_IN_A_TRANSACTION = "25001";

    private final Path file;
    private final byte[] text;
    private final ScriptTarget target;
    private final ScriptListener listener;

    private WholeScript(Path file, byte[] text, ScriptTarget target, ScriptListener listener) {
        this.file = file;
        this.text = text;
        this.target = target;
        this.listener = listener;
    }

    /**
     * Runs a script.
     *
     * @param file what to call it, and where to look for what it includes
     * @param text what is in it
     * @throws ScriptException if it fails; nothing of it has been done then
     */
    public static void run(Path file, byte[] text, ScriptTarget target, ScriptListener listener) {
        WholeScript script = new WholeScript(file, text, target, listener);
        if (!script.inOneTransaction()) {
            script.byStatement();
        }
    }

    /**
     * Runs a script, each statement a transaction.
     *
     * @throws ScriptException if it fails; the statements before have been done then
     */
    public static void runByStatement(Path file, byte[] text, ScriptTarget target, ScriptListener listener) {
        new WholeScript(file, text, target, listener).byStatement();
    }

    /** @return false if that isn't possible */
    private boolean inOneTransaction() {
        try (ScriptSource source = source();
                ScriptSession session = open()) {
            session.connection().execute("BEGIN");
            ScriptRun.of(source, session, 0).toEnd();
            if (session.connection().isInTransaction()) {
                commit(session);
            }
            return true;
        } catch (ScriptException failure) {
            if (failure.getCause() instanceof ServerErrorException refusal
                    && refusal.sqlState().equals(NOT_IN_A_TRANSACTION)) {
                return false;
            }
            throw failure;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void commit(ScriptSession session) {
        try {
            session.connection().execute("COMMIT");
        } catch (PaddockException refused) {
            throw new ScriptException(
                    file,
                    0,
                    "COMMIT",
                    String.valueOf(refused.getMessage()),
                    refused.hint().orElse(null),
                    refused);
        }
    }

    private void byStatement() {
        try (ScriptSource source = source();
                ScriptSession session = open()) {
            ScriptRun.of(source, session, 0).toEnd();
            InitScripts.requireCommitted(source, session);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ScriptSession open() {
        return ScriptSession.open(target, listener, Progress.NONE, FileAccess.of(List.of(file)));
    }

    private ScriptSource source() {
        return new ScriptSource(file, true, new ByteArrayInputStream(text));
    }
}
