package dev.paddock.migration;

import dev.paddock.model.PaddockException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A statement that a tool sent and the server refused.
 *
 * @param file as people know it
 * @param line where the statement begins, behind comments, from 1; 0 if nobody knows
 * @param statement as it was sent, perhaps with comments before it; empty if nobody knows
 */
record FailedStatement(String file, long line, String statement) {
    private static final int EXCERPT = 200;
    private static final Pattern SPACE_OR_COMMENT = Pattern.compile("\\s+|--[^\n]*|(?s:/\\*.*?\\*/)");

    /** In the words in which scripts tell it. */
    PaddockException because(Throwable failure) {
        Optional<ServerErrorMessage> server = serverError(failure);
        StringBuilder message = new StringBuilder(file);
        if (line > 0) {
            message.append(", line ").append(line);
        }
        message.append(": ").append(server.map(ServerErrorMessage::getMessage).orElseGet(() -> said(failure)));
        server.ifPresent(error -> {
            message.append(place(error));
            append(message, "\n  detail: ", error.getDetail());
            append(message, "\n  context: ", error.getWhere());
        });
        if (!statement.isBlank()) {
            message.append("\n  in: ").append(excerpt());
        }
        return new PaddockException(
                message.toString(), server.map(ServerErrorMessage::getHint).orElse(null), failure);
    }

    private static void append(StringBuilder message, String label, @Nullable String part) {
        if (part != null) {
            message.append(label).append(part);
        }
    }

    /** The line that the server means, if it isn't the first. */
    private String place(ServerErrorMessage error) {
        int position = Math.min(error.getPosition() - 1, statement.length());
        int begin = begin();
        if (line == 0 || position <= begin) {
            return "";
        }
        long further = statement
                .substring(begin, position)
                .chars()
                .filter(c -> c == '\n')
                .count();
        return further == 0 ? "" : " (line " + (line + further) + ")";
    }

    /** Where the statement itself begins. */
    private int begin() {
        Matcher next = SPACE_OR_COMMENT.matcher(statement);
        int begin = 0;
        while (next.region(begin, statement.length()).lookingAt()) {
            begin = next.end();
        }
        return begin;
    }

    private String excerpt() {
        String shown = statement.substring(begin()).strip().replaceAll("\\s+", " ");
        return shown.length() > EXCERPT ? shown.substring(0, EXCERPT) + " …" : shown;
    }

    private static Optional<ServerErrorMessage> serverError(Throwable failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof PSQLException refused) {
                return Optional.ofNullable(refused.getServerErrorMessage());
            }
        }
        return Optional.empty();
    }

    private static String said(Throwable failure) {
        return failure.getMessage() == null
                ? failure.toString()
                : failure.getMessage().strip();
    }
}
