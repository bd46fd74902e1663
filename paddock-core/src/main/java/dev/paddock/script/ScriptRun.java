package dev.paddock.script;

import dev.paddock.model.PaddockException;
import dev.paddock.wire.ServerErrorException;
import java.io.IOException;

/** One script on its way, from its first statement to its last. Not thread-safe. */
final class ScriptRun {
    private static final int BLOCK = 64 * 1024;
    private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

    private final ScriptSource source;
    private final ScriptText text;
    private final ScriptSession session;
    private final StatementLexer lexer;
    private final StatementRunner runner;
    private final InsertBatch batch;
    private final MetaCommands commands;

    private ScriptRun(
            ScriptSource source,
            ScriptText text,
            ScriptSession session,
            StatementRunner runner,
            MetaCommands commands) {
        this.source = source;
        this.text = text;
        this.session = session;
        this.runner = runner;
        this.commands = commands;
        this.lexer = new StatementLexer(text);
        this.batch = new InsertBatch(session, runner);
    }

    /** @param depth how many scripts include this one */
    static ScriptRun of(ScriptSource source, ScriptSession session, int depth) {
        ScriptText text = new ScriptText(source.text(), BLOCK);
        return new ScriptRun(
                source,
                text,
                session,
                new StatementRunner(source, text, session),
                new MetaCommands(source, session, depth));
    }

    /** Runs it all, stopping at the first error as {@code psql -v ON_ERROR_STOP=1} does. */
    void toEnd() {
        try {
            skipByteOrderMark();
            lexer.adopt(session.standardStrings(), session.encoding());
            while (step()) {
                // Each step is a statement or a command.
            }
        } catch (UnclosedException unclosed) {
            throw new ScriptException(
                    source.file(),
                    source.hasLines() ? text.lineOfMark() + text.newlinesWithin(unclosed.offset()) : 0,
                    null,
                    unclosed.getMessage() + " that begins here",
                    "the file may have been cut off");
        } catch (IOException unreadable) {
            throw source.unreadable(lineOf(text.position()), unreadable);
        } catch (ScriptException failure) {
            throw failure;
        } catch (PaddockException lost) {
            throw new ScriptException(
                    source.file(),
                    source.hasLines() ? text.lineOfMark() : 0,
                    null,
                    String.valueOf(lost.getMessage()),
                    lost.hint().orElse(null),
                    lost);
        }
    }

    private void skipByteOrderMark() throws IOException {
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (text.peekAt(i) != BYTE_ORDER_MARK[i]) {
                return;
            }
        }
        text.skip(BYTE_ORDER_MARK.length);
    }

    private boolean step() throws IOException {
        Unit unit = lexer.next();
        switch (unit) {
            case STATEMENT -> {
                statement();
                return true;
            }
            case META -> {
                batch.finish();
                return command();
            }
            case META_WITHIN -> {
                batch.finish();
                throw new ScriptException(
                        source.file(),
                        lineOf(text.position()),
                        null,
                        "a backslash within a statement",
                        "only psql" + " knows commands such as \\gset; end the statement with a semicolon");
            }
            case END -> {
                batch.finish();
                return false;
            }
        }
        throw new AssertionError(unit);
    }

    private void statement() throws IOException {
        int first = lexer.firstToken();
        Statement statement = new Statement(
                text.bytes(),
                text.mark(),
                text.position() - text.mark(),
                first,
                text.lineOfMark() + text.newlinesWithin(first));
        if (InsertBatch.takes(statement)) {
            batch.add(statement);
            return;
        }
        batch.finish();
        runner.run(statement);
        lexer.adopt(session.standardStrings(), session.encoding());
    }

    private boolean command() throws IOException {
        long line = lineOf(text.position());
        MetaCommand command = MetaCommand.read(text);
        try {
            boolean more = commands.run(command, line);
            lexer.adopt(session.standardStrings(), session.encoding());
            return more;
        } catch (ServerErrorException error) {
            throw refused(command, line, error);
        }
    }

    private ScriptException refused(MetaCommand command, long line, PaddockException error) {
        return new ScriptException(
                source.file(),
                source.hasLines() ? line : 0,
                "\\" + command.name() + " " + String.join(" ", command.words()),
                String.valueOf(error.getMessage()),
                error.hint().orElse(null),
                error);
    }

    private long lineOf(int position) {
        return source.hasLines() ? text.lineOfMark() + text.newlinesWithin(position - text.mark()) : 0;
    }
}
