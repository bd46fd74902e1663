package dev.paddock.script;

import dev.paddock.model.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs scripts and dumps on a new server.
 *
 * <p>An input is a SQL script as psql takes it, compressed by gzip or not, told by its content and not by its name; a dump in
 * pg_dump's custom, tar or directory format, for which pg_restore must be on this machine; or a folder of such files
 * ({@code .sql}, {@code .sql.gz}, {@code .dump}, {@code .backup}, {@code .tar}), run in the order of their names, subfolders
 * included, hidden and other files left alone.
 *
 * <p>Each input begins in a session of its own in the target's database, in UTF-8. Each statement is a transaction, unless the
 * script says otherwise, except that runs of INSERTs are sent together: they may see one time of {@code now()}. The first error
 * ends it all with a {@link ScriptException}; so does a file that ends within a string, COPY data or a transaction.
 *
 * <p>Dumps of other servers are let through in three respects, reported to the {@link ScriptListener}. Roles that own things or
 * are granted them, and that this server lacks, are created, unable to log in: a dump names them but doesn't hold them. The role
 * and the database that a dump of a whole server creates may exist already. Settings of newer servers that the dump only
 * switches off are left out. None of this holds inside a transaction of the script, where nothing can be tried again.
 */
public final class InitScripts {
    private InitScripts() {}

    /** Runs the inputs in order, silently. */
    public static void run(List<Path> inputs, ScriptTarget target, Progress progress) {
        run(inputs, target, progress, ScriptListener.NONE);
    }

    /**
     * Runs the inputs in order.
     *
     * @throws ScriptException if one is missing, unreadable, not a script, or fails; those before it, and its own statements before
     *     the failed one, have run
     */
    public static void run(List<Path> inputs, ScriptTarget target, Progress progress, ScriptListener listener) {
        for (Input input : InputFinder.find(inputs)) {
            try (ScriptSource source = ScriptSource.open(input, progress);
                    ScriptSession session = ScriptSession.open(target, listener)) {
                ScriptRun.of(source, session, 0).toEnd();
                requireCommitted(source, session);
            } catch (IOException failure) {
                throw new ScriptException(
                        input.path(), 0, null, "can't be read: " + failure.getMessage(), null, failure);
            }
        }
    }

    static void requireCommitted(ScriptSource source, ScriptSession session) {
        if (session.connection().isInTransaction()) {
            throw new ScriptException(
                    source.file(), 0, null, "ends inside a transaction, which would be lost", "end it with COMMIT");
        }
    }
}
