package dev.paddock.script;

import dev.paddock.wire.ServerErrorException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Sends INSERTs by the hundred, since a round trip costs more than a row, and reads on while the server works. The server
 * carries a batch out as one transaction; if it refuses one it has kept none, and they are run again one by one, so that the
 * end is the same as if each had been sent alone: those before the wrong one are in, those after it were never tried. Within
 * a transaction of the script the first error ends that anyhow. Not thread-safe.
 */
final class InsertBatch {
    private static final int CAPACITY = 64 * 1024;
    private static final int MOST = 1000;

    private final ScriptSession session;
    private final StatementRunner runner;
    private Load filling = new Load();
    private Load flying = new Load();
    private boolean inFlight;

    /** Statements in one buffer. */
    private static final class Load {
        final byte[] bytes = new byte[CAPACITY];
        final Statement[] statements = new Statement[MOST];
        int length;
        int count;

        void clear() {
            Arrays.fill(statements, 0, count, null);
            length = 0;
            count = 0;
        }
    }

    InsertBatch(ScriptSession session, StatementRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    static boolean takes(Statement statement) {
        return statement.length() < CAPACITY / 4 && statement.startsWith("INSERT");
    }

    void add(Statement statement) throws IOException {
        if (filling.count == MOST || filling.length + statement.length() + 1 > CAPACITY) {
            launch();
        }
        int at = filling.length;
        System.arraycopy(statement.bytes(), statement.offset(), filling.bytes, at, statement.length());
        filling.bytes[at + statement.length()] = '\n';
        filling.statements[filling.count++] =
                new Statement(filling.bytes, at, statement.length(), statement.firstToken(), statement.line());
        filling.length = at + statement.length() + 1;
    }

    /** Waits until all that was added is carried out. */
    void finish() throws IOException {
        if (filling.count > 0) {
            launch();
        }
        land();
    }

    private void launch() throws IOException {
        land();
        Load full = filling;
        filling = flying;
        flying = full;
        session.connection().send(flying.bytes, 0, flying.length);
        inFlight = true;
    }

    private void land() throws IOException {
        if (!inFlight) {
            return;
        }
        inFlight = false;
        try {
            session.connection().receive();
            session.variables().succeeded(session.connection().tag());
        } catch (ServerErrorException error) {
            if (error.isFatal() || session.connection().isInTransaction()) {
                throw attribute(error);
            }
            for (int i = 0; i < flying.count; i++) {
                runner.run(flying.statements[i]);
            }
        }
        flying.clear();
    }

    /** The batch can't be run again: finds the wrong one by how many were carried out before. */
    private ScriptException attribute(ServerErrorException error) {
        int done = Math.min(session.connection().completedStatements(), flying.count - 1);
        if (done == 0 && error.position().isPresent()) {
            // A syntax error anywhere keeps the first from running.
            int at =
                    Statement.offsetOf(error.position().getAsInt(), flying.bytes, 0, flying.length, session.encoding());
            while (done + 1 < flying.count && flying.statements[done + 1].offset() <= at) {
                done++;
            }
        }
        return runner.explain(flying.statements[done], 0, flying.length, error);
    }
}
