package dev.paddock.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A statement that was run.
 *
 * @param at when it was sent
 * @param took until the answer was there
 * @param connection which of the observed connections ran it, counted from 1 in the order of their opening
 * @param sql as the program wrote it, with {@code ?} for parameters; cut if it is very long
 * @param parameters as SQL would write them; one list for each set of them, of which a long batch shows only the first ones
 * @param batch how many statements or sets of parameters a batch had; 0 if it was none
 * @param rows how many rows were changed; for a query 0 if it found none, and otherwise unknown
 * @param failure why it failed, if it did
 */
public record LoggedStatement(
        Instant at,
        Duration took,
        int connection,
        String sql,
        List<List<String>> parameters,
        int batch,
        OptionalLong rows,
        Optional<StatementFailure> failure) {

    public LoggedStatement {
        parameters = List.copyOf(parameters);
    }
}
