package dev.paddock.evidence;

import java.util.Optional;

/**
 * What a column held and holds, as SQL would write it; cut if it is very long.
 *
 * @param before empty if the row was added
 * @param after empty if the row was removed
 */
public record ColumnChange(String column, Optional<String> before, Optional<String> after) {}
