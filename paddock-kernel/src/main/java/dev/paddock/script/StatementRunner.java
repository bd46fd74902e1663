package dev.paddock.script;

import dev.paddock.home.Links;
import dev.paddock.wire.CopyIn;
import dev.paddock.wire.Reply;
import dev.paddock.wire.Rows;
import dev.paddock.wire.ServerErrorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Runs one statement, COPY data included, and says what is wrong with it if it fails. Not thread-safe. */
final class StatementRunner {
    private static final int MOST_ROLES = 1000;
    private static final int BLOCK = 64 * 1024;

    private final ScriptSource source;
    private final ScriptText text;
    private final ScriptSession session;
    private final Leniency leniency;
    private final ErrorHandling errors;

    /** @param isDump whether pg_dump or pg_dumpall wrote the script */
    StatementRunner(ScriptSource source, ScriptText text, ScriptSession session, boolean isDump) {
        this.source = source;
        this.text = text;
        this.session = session;
        this.leniency = new Leniency(session, isDump);
        this.errors = new ErrorHandling(session);
    }

    /** Whether each statement is a transaction, and the first error ends the script. */
    boolean isPlain() {
        return session.variables().stopsOnError() && session.variables().commitsEachStatement();
    }

    void run(Statement statement) throws IOException {
        errors.run(statement, () -> attempt(statement, Optional.empty()));
    }

    /** The same, and keeps what it answers with; nothing if it was refused and the script goes on after errors. */
    Rows ask(Statement statement) throws IOException {
        Rows rows = new Rows();
        errors.run(statement, () -> attempt(statement, Optional.of(rows)));
        return rows;
    }

    private void attempt(Statement statement, Optional<Rows> rows) throws IOException {
        if (leniency.disarms(statement)) {
            return;
        }
        for (int tries = 0; ; tries++) {
            try {
                session.connection().send(statement.bytes(), statement.offset(), statement.length());
                Reply reply = rows.isPresent()
                        ? session.connection().receive(rows.get())
                        : session.connection().receive();
                if (reply == Reply.COPY_IN) {
                    copy(statement);
                }
                return;
            } catch (ServerErrorException error) {
                switch (tries == MOST_ROLES ? Leniency.Remedy.NONE : leniency.remedy(statement, error)) {
                    case NONE -> throw explain(statement, error);
                    case LEAVE_OUT -> {
                        return;
                    }
                    case RETRY -> {}
                }
            }
        }
    }

    /**
     * Sends a file as the data of a COPY.
     *
     * @param file its real path
     */
    void copyFile(Statement statement, Path file, CommandLine command) throws IOException {
        errors.run(statement, () -> {
            try {
                session.connection().send(statement.bytes(), statement.offset(), statement.length());
                if (session.connection().receive() == Reply.COPY_IN) {
                    send(file);
                    session.connection().receive();
                }
            } catch (ServerErrorException error) {
                throw failure(command.line(), command.shown(), "", error);
            }
        });
    }

    private void send(Path file) throws IOException {
        try (InputStream in = Links.open(file, file);
                CopyIn copy = session.connection().copyIn()) {
            byte[] block = new byte[BLOCK];
            boolean wanted = true;
            for (int count = in.read(block); wanted && count >= 0; count = wanted ? in.read(block) : -1) {
                wanted = copy.write(block, 0, count);
            }
            copy.end();
        }
    }

    private void copy(Statement statement) throws IOException {
        // The view ends with the first block.
        String excerpt = excerpt(statement);
        long line = statement.line();
        CopyFeed feed = new CopyFeed(text);
        boolean clean = feed.finishLine();
        text.advanceMark();
        long dataLine = text.lineOfMark();
        String problem = clean ? "" : "there is more on the line of this COPY, whose data begins on the next one";
        try (CopyIn copy = session.connection().copyIn()) {
            if (clean && !feed.feed(copy)) {
                problem = "the file ends inside the data of this COPY, which a line \\. ends";
            }
            if (problem.isEmpty()) {
                copy.end();
            } else {
                copy.fail(problem);
            }
        } catch (IOException unreadable) {
            throw source.unreadable(text.lineOfMark(), unreadable);
        }
        try {
            session.connection().receive();
        } catch (ServerErrorException error) {
            if (!problem.isEmpty()) {
                throw new ScriptException(
                        source.file(), line(line), excerpt, problem, "the file may have been cut off", error);
            }
            long inData = CopyContext.line(error.where());
            String where = inData > 0 && source.hasLines() ? " (line " + (dataLine + inData - 1) + ")" : "";
            throw failure(line, excerpt, where, error);
        }
    }

    /** Of a statement that was sent alone. */
    private ScriptException explain(Statement statement, ServerErrorException error) {
        int from = statement.offset();
        return explain(statement, from, from + statement.length(), error);
    }

    /** Of a statement that was sent with all between these offsets of its buffer. */
    ScriptException explain(Statement statement, int from, int end, ServerErrorException error) {
        String where = "";
        if (error.position().isPresent() && source.hasLines()) {
            int at = Statement.offsetOf(error.position().getAsInt(), statement.bytes(), from, end, session.encoding());
            long line = statement.lineAt(at);
            where = line == statement.line() ? "" : " (line " + line + ")";
        }
        return failure(statement.line(), excerpt(statement), where, error);
    }

    private String excerpt(Statement statement) {
        return statement.excerpt(session.connection().charset());
    }

    private ScriptException failure(long line, String excerpt, String where, ServerErrorException error) {
        StringBuilder why = new StringBuilder(error.serverMessage()).append(where);
        append(why, "\n  detail: ", error.detail());
        append(why, "\n  context: ", error.where());
        return new ScriptException(
                source.file(), line(line), excerpt, why.toString(), error.hint().orElse(null), error);
    }

    private static void append(StringBuilder why, String label, Optional<String> part) {
        if (part.isPresent()) {
            why.append(label).append(part.get());
        }
    }

    private long line(long line) {
        return source.hasLines() ? line : 0;
    }
}
