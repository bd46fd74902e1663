package dev.paddock.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a test that failed. Immutable; the {@code with} methods give a changed copy.
 *
 * @param test its name, as people know it
 * @param failure what it failed with, such as a stack trace
 * @param connect lines that a shell understands, each a way to the kept database; they may hold its password. Empty if it isn't kept
 * @param statements what it ran, oldest first
 * @param dropped how many older statements were forgotten
 * @param serverLog what the server logged meanwhile
 * @param difference what it changed; empty if that isn't known
 * @param notes whatever else a reader should know, a sentence each
 */
public record Evidence(
        String test,
        String failure,
        List<String> connect,
        List<LoggedStatement> statements,
        long dropped,
        List<String> serverLog,
        Optional<Difference> difference,
        List<String> notes) {

    public Evidence {
        connect = List.copyOf(connect);
        statements = List.copyOf(statements);
        serverLog = List.copyOf(serverLog);
        notes = List.copyOf(notes);
    }

    /** Nothing but the failure. */
    public static Evidence of(String test, String failure) {
        return new Evidence(test, failure, List.of(), List.of(), 0, List.of(), Optional.empty(), List.of());
    }

    public Evidence withConnect(List<String> lines) {
        return new Evidence(test, failure, lines, statements, dropped, serverLog, difference, notes);
    }

    public Evidence withStatements(StatementLog log) {
        return withStatements(log.entries(), log.dropped());
    }

    public Evidence withStatements(List<LoggedStatement> oldestFirst, long forgotten) {
        return new Evidence(test, failure, connect, oldestFirst, forgotten, serverLog, difference, notes);
    }

    public Evidence withServerLog(List<String> lines) {
        return new Evidence(test, failure, connect, statements, dropped, lines, difference, notes);
    }

    public Evidence withDifference(Difference found) {
        return new Evidence(test, failure, connect, statements, dropped, serverLog, Optional.of(found), notes);
    }

    public Evidence withNotes(List<String> sentences) {
        return new Evidence(test, failure, connect, statements, dropped, serverLog, difference, sentences);
    }
}
