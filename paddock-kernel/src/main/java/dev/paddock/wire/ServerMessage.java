package dev.paddock.wire;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An error or a notice as the server reports it.
 *
 * @param severity {@code ERROR}, {@code FATAL}, {@code WARNING}, {@code NOTICE}…, never translated
 * @param sqlState five characters
 * @param position where in the statement, in characters from 1
 * @param where the context: functions called, the line of COPY data
 */
public record ServerMessage(
        String severity,
        String sqlState,
        String message,
        Optional<String> detail,
        Optional<String> hint,
        OptionalInt position,
        Optional<String> where) {}
