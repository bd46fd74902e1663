package dev.paddock.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement as it was seen, before anybody wants to read of it.
 *
 * @param parameters captured by {@link Parameter#capture}
 * @param rows {@link #UNKNOWN} if it isn't known
 */
record Event(
        long startedNanos,
        long tookNanos,
        int connection,
        String sql,
        List<@Nullable Object[]> parameters,
        int batch,
        long rows,
        @Nullable String sqlState,
        @Nullable String message) {

    static final long UNKNOWN = -1;

    private static final Pattern PASSWORD =
            Pattern.compile("(\\bpassword\\s+)'(?:[^']|'')*'", Pattern.CASE_INSENSITIVE);

    LoggedStatement read(Instant at) {
        List<List<String>> texts = new ArrayList<>(parameters.size());
        for (@Nullable Object[] row : parameters) {
            List<String> text = new ArrayList<>(row.length);
            for (Object value : row) {
                text.add(Parameter.text(value));
            }
            texts.add(List.copyOf(text));
        }
        return new LoggedStatement(
                at,
                Duration.ofNanos(tookNanos),
                connection,
                withoutPasswords(sql),
                texts,
                batch,
                rows == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(rows),
                message == null
                        ? Optional.empty()
                        : Optional.of(new StatementFailure(Optional.ofNullable(sqlState), withoutPasswords(message))));
    }

    private static String withoutPasswords(String text) {
        return PASSWORD.matcher(text).replaceAll("$1'********'");
    }
}
