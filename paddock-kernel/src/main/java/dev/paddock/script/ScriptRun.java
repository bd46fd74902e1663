package dev.paddock.script;

import dev.paddock.model.PaddockException;
import dev.paddock.wire.ServerErrorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One script on its way, from its first statement to its last. Not thread-safe. */
final class ScriptRun {
    private static final int BLOCK = 64 * 1024;
    private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};
    private static final int HEADER = 200;
    private static final byte[] NOTHING = {};

    private final ScriptSource source;
    private final ScriptText text;
    private final ScriptSession session;
    private final Interpolation interpolation;
    private final StatementLexer lexer;
    private final Conditions conditions;
    private final StatementRunner runner;
    private final InsertBatch batch;
    private final MetaCommands commands;
    private final LastStatement last = new LastStatement();
    private boolean quit;

    private ScriptRun(ScriptSource source, ScriptText text, ScriptSession session, boolean isDump, int depth) {
        this.source = source;
        this.text = text;
        this.session = session;
        this.interpolation = new Interpolation(
                session.variables(), () -> session.connection().charset(), this::finishBatch);
        this.lexer = new StatementLexer(text, interpolation);
        this.conditions = new Conditions(lexer);
        this.runner = new StatementRunner(source, text, session, isDump);
        this.batch = new InsertBatch(session, runner);
        this.commands = new MetaCommands(source, session, conditions, runner, depth);
    }

    /** @param depth how many scripts include this one */
    static ScriptRun of(ScriptSource source, ScriptSession session, int depth) throws IOException {
        ScriptText text = new ScriptText(source.text(), BLOCK);
        try {
            return new ScriptRun(source, text, session, isDump(text), depth);
        } catch (IOException unreadable) {
            throw source.unreadable(1, unreadable);
        }
    }

    /** As pg_dump and pg_dumpall begin, whatever their version. */
    private static boolean isDump(ScriptText text) throws IOException {
        int length = 0;
        while (length < HEADER && text.peekAt(length) >= 0) {
            length++;
        }
        String header = new String(text.bytes(), text.position(), length, StandardCharsets.ISO_8859_1);
        return header.contains("-- PostgreSQL database dump") || header.contains("-- PostgreSQL database cluster dump");
    }

    /** Runs it all, stopping at the first error as {@code psql -v ON_ERROR_STOP=1} does, unless the script says otherwise. */
    void toEnd() {
        try {
            skipByteOrderMark();
            lexer.adopt(session.standardStrings(), session.encoding());
            Unit unit = lexer.next();
            while (unit != Unit.END) {
                unit = step(unit);
            }
            batch.finish();
            if (!quit && !conditions.areClosed()) {
                throw failure(lineOf(text.position()), "the file ends inside an \\if", "end it with \\endif", null);
            }
        } catch (UnclosedException unclosed) {
            throw failure(
                    text.lineOfMark() + text.newlinesWithin(unclosed.offset()),
                    unclosed.getMessage() + " that begins here",
                    "the file may have been cut off",
                    null);
        } catch (IOException unreadable) {
            throw source.unreadable(lineOf(text.position()), unreadable);
        } catch (ScriptException failure) {
            throw failure;
        } catch (PaddockException lost) {
            throw failure(
                    text.lineOfMark(),
                    String.valueOf(lost.getMessage()),
                    lost.hint().orElse(null),
                    lost);
        }
    }

    private void finishBatch() throws IOException {
        batch.finish();
    }

    private ScriptException failure(long line, String why, @Nullable String hint, @Nullable Throwable cause) {
        return new ScriptException(source.file(), source.hasLines() ? line : 0, null, why, hint, cause);
    }

    private void skipByteOrderMark() throws IOException {
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (text.peekAt(i) != BYTE_ORDER_MARK[i]) {
                return;
            }
        }
        text.skip(BYTE_ORDER_MARK.length);
    }

    /** @return what comes after it */
    private Unit step(Unit unit) throws IOException {
        if (unit == Unit.META) {
            batch.finish();
            return command();
        }
        if (conditions.areMet()) {
            statement(pending(text.position() - text.mark()));
        }
        return lexer.next();
    }

    private Statement pending(int length) {
        int first = lexer.firstToken();
        return new Statement(text.bytes(), text.mark(), length, first, text.lineOfMark() + text.newlinesWithin(first));
    }

    private void statement(Statement statement) throws IOException {
        last.keep(statement);
        if (InsertBatch.takes(statement) && runner.isPlain()) {
            batch.add(statement);
            return;
        }
        batch.finish();
        runner.run(statement);
        lexer.adopt(session.standardStrings(), session.encoding());
    }

    private Unit command() throws IOException {
        boolean within = lexer.isWithinStatement();
        CommandLine command = CommandLine.read(source, text, interpolation, conditions, lineOf(text.position()));
        int start = within ? command.start() : 0;
        Next next;
        try {
            next = commands.run(command, start);
        } catch (ServerErrorException error) {
            throw command.failed(
                    String.valueOf(error.getMessage()), error.hint().orElse(null), error);
        }
        if (next instanceof Next.Send send) {
            Statement statement = within ? pending(start) : last.statement();
            if (statement.length() > 0) {
                last.keep(statement);
                send.use().of(statement);
            }
        }
        lexer.adopt(session.standardStrings(), session.encoding());
        if (next instanceof Next.Quit) {
            quit = true;
            // As psql does, which carries out what stands before it.
            if (within) {
                statement(pending(start));
            }
            return Unit.END;
        }
        if (!within || !(next instanceof Next.GoOn)) {
            return lexer.next();
        }
        if (text.position() > text.mark() + start) {
            text.replace(start, NOTHING);
        }
        return lexer.resume();
    }

    private long lineOf(int position) {
        return text.lineOfMark() + text.newlinesWithin(position - text.mark());
    }
}
