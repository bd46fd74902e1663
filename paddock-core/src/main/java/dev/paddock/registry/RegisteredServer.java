package dev.paddock.registry;

import dev.paddock.model.PaddockException;
import java.util.Optional;

/**
 * A record, and what its engine says of it.
 *
 * @param doubt why the engine couldn't be asked whether the server still runs; if absent it does
 */
public record RegisteredServer(ServerRecord record, Optional<PaddockException> doubt) {}
