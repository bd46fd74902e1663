package dev.paddock.registry;

import dev.paddock.model.OutOfSightException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerEnd;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * A record, and what its engine says of it.
 *
 * @param doubt why the engine couldn't be asked whether the server still runs
 * @param end how it ended that nobody stopped; if neither is there it runs
 */
public record RegisteredServer(ServerRecord record, Optional<PaddockException> doubt, Optional<ServerEnd> end) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    public boolean hasFailed() {
        return end.isPresent();
    }

    /**
     * Its record, if there is a way to it, as far as can be told.
     *
     * @throws PaddockException if it has failed, with how; or if it belongs to another container
     */
    public ServerRecord requireReachable() {
        if (hasFailed()) {
            throw failure();
        }
        if (doubt.orElse(null) instanceof OutOfSightException elsewhere) {
            throw new PaddockException(
                    "the server '" + record.name() + "' can't be reached: " + elsewhere.getMessage(),
                    elsewhere.advice().orElseThrow(),
                    elsewhere);
        }
        return record;
    }

    /** What there is to say of its end, to whoever wanted it to run. */
    PaddockException failure() {
        ServerEnd ended = end.orElseThrow();
        String when = ended.when()
                .map(at -> " at " + at.atZone(ZoneId.systemDefault()).format(TIME))
                .orElse("");
        return new PaddockException(
                "the server '" + record.name() + "' " + ended.reason() + when,
                "what it said last: paddock logs " + record.name() + "; start it again with 'paddock up "
                        + record.name() + "' and its options, or remove it with: paddock down " + record.name());
    }
}
