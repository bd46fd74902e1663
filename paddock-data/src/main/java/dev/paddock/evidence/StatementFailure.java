package dev.paddock.evidence;

import java.util.Optional;

/**
 * Why a statement failed.
 *
 * @param sqlState PostgreSQL's code of five characters, such as {@code 23505}; empty if the driver gave none
 */
public record StatementFailure(Optional<String> sqlState, String message) {}
