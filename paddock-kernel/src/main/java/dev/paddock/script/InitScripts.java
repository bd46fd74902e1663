package dev.paddock.script;

import dev.paddock.model.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Runs scripts and dumps on a new server.
 *
 * <p>An input is a SQL script as psql takes it, compressed by gzip, xz or zstd or not, told by its content and not by its name; a
 * dump in pg_dump's custom, tar or directory format, for which pg_restore must be on this machine; or a folder of such files
 * ({@code .sql}, {@code .sql.gz}, {@code .sql.xz}, {@code .sql.zst}, {@code .dump}, {@code .backup}, {@code .tar}), run in the order
 * of their names, subfolders included, each folder once whatever links lead to it, hidden and other files left alone. A pipe is
 * read once, when its turn has come.
 *
 * <p>Each input begins in a session of its own in the target's database, in UTF-8. Each statement is a transaction, unless the
 * script says otherwise, except that runs of INSERTs are sent together: they may see one time of {@code now()}. The first error
 * ends it all with a {@link ScriptException}, unless the script sets {@code ON_ERROR_STOP} off; so does a file that ends within a
 * string, COPY data or a transaction.
 *
 * <p>Commands to psql mean what they mean to psql, as far as they are about the server. Those that run programs, write files or ask
 * somebody are refused, and so are files to be read that {@link FileAccess} doesn't allow.
 *
 * <p>Dumps of other servers are let through in four respects, reported to the {@link ScriptListener}. Roles that own things or
 * are granted them, and that this server lacks, are created, unable to log in: a dump names them but doesn't hold them. The role
 * and the database that a dump of a whole server creates may exist already. What a dump begins with dropping may be absent.
 * Settings of newer servers that the dump only switches off are left out. None of this holds inside a transaction of the script,
 * where nothing can be tried again.
 */
public final class InitScripts {
    private static final int MOST_NAMED = 5;

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
        run(inputs, FileAccess.of(inputs), target, progress, listener);
    }

    /**
     * Runs the inputs in order, for something that is to be made anew when they change.
     *
     * @throws ScriptException as {@link #run(List, ScriptTarget, Progress, ScriptListener)}, and if one reads a file that is neither
     *     below a folder among the inputs nor among {@link #readBy}
     */
    public static void runForTemplate(List<Path> inputs, ScriptTarget target, Progress progress) {
        FileAccess access = FileAccess.of(inputs)
                .onlyTo(inputs.stream().filter(Files::isDirectory).toList(), Set.copyOf(readBy(inputs)));
        run(inputs, access, target, progress, ScriptListener.NONE);
    }

    /** The files that scripts among these inputs read, as far as can be told without running them; none of a compressed script. */
    public static List<Path> readBy(List<Path> inputs) {
        return ReadFiles.of(inputs, FileAccess.of(inputs));
    }

    /**
     * The files that are run of an input, in order.
     *
     * @throws ScriptException if it is absent, can't be read, or there is nothing to run in it
     */
    public static List<Path> files(Path input) {
        return InputFinder.files(input);
    }

    private static void run(
            List<Path> inputs, FileAccess access, ScriptTarget target, Progress progress, ScriptListener listener) {
        InputFinder.Found found = InputFinder.find(inputs);
        tellLeftOut(found.leftOut(), progress);
        for (Input input : found.inputs()) {
            try (ScriptSource source = ScriptSource.open(input, progress);
                    ScriptSession session = ScriptSession.open(target, listener, progress, access)) {
                ScriptRun.of(source, session, 0).toEnd();
                requireCommitted(source, session);
            } catch (Packing.Damaged damaged) {
                throw ScriptSource.damaged(input.path(), damaged);
            } catch (IOException failure) {
                throw new ScriptException(
                        input.path(), 0, null, "can't be read: " + failure.getMessage(), null, failure);
            }
        }
    }

    private static void tellLeftOut(List<Path> leftOut, Progress progress) {
        if (leftOut.isEmpty()) {
            return;
        }
        String names = leftOut.stream().limit(MOST_NAMED).map(Path::toString).collect(Collectors.joining(", "));
        int more = leftOut.size() - MOST_NAMED;
        String line = "left out: " + names + (more > 0 ? " and " + more + " more" : "")
                + " (of a folder, SQL and dumps are run; programs are yours to run)";
        progress.note(line);
        LoggerFactory.getLogger(InitScripts.class).warn("{}", line);
    }

    static void requireCommitted(ScriptSource source, ScriptSession session) {
        if (session.connection().isInTransaction()) {
            throw new ScriptException(
                    source.file(), 0, null, "ends inside a transaction, which would be lost", "end it with COMMIT");
        }
    }
}
