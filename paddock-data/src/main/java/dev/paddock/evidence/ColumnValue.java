package dev.paddock.evidence;

/**
 * What a column holds.
 *
 * @param literal as SQL would write it; cut if it is very long
 */
public record ColumnValue(String column, String literal) {}
