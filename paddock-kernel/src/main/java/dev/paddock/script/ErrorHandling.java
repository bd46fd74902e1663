package dev.paddock.script;

import dev.paddock.wire.ServerErrorException;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What psql's variables make of statements and their errors: {@code ON_ERROR_STOP}, {@code ON_ERROR_ROLLBACK}, {@code AUTOCOMMIT}.
 * Not thread-safe.
 */
final class ErrorHandling {
    /** What psql calls it. */
    private static final String SAVEPOINT = "pg_psql_temporary_savepoint";

    private static final Set<String> ENDS_OR_BEGINS =
            Set.of("ABORT", "BEGIN", "START", "END", "COMMIT", "ROLLBACK", "VACUUM");
    private static final Set<String> OF_SAVEPOINTS = Set.of("SAVEPOINT", "RELEASE", "ROLLBACK");
    private static final Set<String> WHOLE = Set.of("DATABASE", "TABLESPACE", "SYSTEM", "SUBSCRIPTION");

    private final ScriptSession session;

    ErrorHandling(ScriptSession session) {
        this.session = session;
    }

    /** A statement on its way. */
    interface Attempt {
        void make() throws IOException;
    }

    /** @throws ScriptException if it is refused, unless the script says that it goes on after errors */
    void run(Statement statement, Attempt attempt) throws IOException {
        Variables variables = session.variables();
        boolean stops = variables.stopsOnError();
        if (stops && variables.commitsEachStatement()) {
            attempt.make();
            variables.succeeded(session.connection().tag());
            return;
        }
        String[] words = statement.words();
        if (!variables.commitsEachStatement() && !session.connection().isInTransaction() && !standsAlone(words)) {
            session.connection().execute("BEGIN");
        }
        boolean guarded = !stops
                && variables.rollsBackErrors()
                && session.connection().isInTransaction()
                && !session.connection().isTransactionFailed();
        if (guarded) {
            session.connection().execute("SAVEPOINT " + SAVEPOINT);
        }
        try {
            attempt.make();
            variables.succeeded(session.connection().tag());
        } catch (ScriptException failure) {
            goOn(failure, stops);
        }
        if (guarded) {
            leaveSavepoint(words[0]);
        }
    }

    private void goOn(ScriptException failure, boolean stops) {
        if (stops || !(failure.getCause() instanceof ServerErrorException error) || error.isFatal()) {
            throw failure;
        }
        session.variables().failed(error.sqlState(), error.serverMessage());
        session.note(failure.getMessage() + "\n  (the script goes on, as it has set ON_ERROR_STOP off)");
    }

    private void leaveSavepoint(String firstWord) {
        WireConnection connection = session.connection();
        if (connection.isTransactionFailed()) {
            connection.execute("ROLLBACK TO " + SAVEPOINT);
        } else if (connection.isInTransaction() && !OF_SAVEPOINTS.contains(firstWord)) {
            connection.execute("RELEASE " + SAVEPOINT);
        }
    }

    /** Whether psql begins no transaction for it. */
    private static boolean standsAlone(String[] words) {
        List<String> few = Arrays.asList(words).subList(0, Math.min(words.length, 6));
        String second = words.length > 1 ? words[1] : "";
        if (ENDS_OR_BEGINS.contains(words[0].replace(";", ""))) {
            return true;
        }
        return switch (words[0].replace(";", "")) {
            case "PREPARE" -> second.startsWith("TRANSACTION");
            case "CLUSTER" -> second.isEmpty();
            case "DISCARD" -> second.startsWith("ALL");
            case "CREATE", "DROP", "REINDEX" -> WHOLE.contains(second) || few.contains("CONCURRENTLY");
            case "ALTER" -> second.equals("SYSTEM");
            default -> false;
        };
    }
}
