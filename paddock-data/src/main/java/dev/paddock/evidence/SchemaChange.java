package dev.paddock.evidence;

import java.util.Optional;

/**
 * An object of the schema that was added, changed or removed.
 *
 * @param object its kind and name, such as {@code column public.orders.total}
 * @param before its definition in the original; empty if it was added
 * @param after its definition now; empty if it was removed
 */
public record SchemaChange(Change change, String object, Optional<String> before, Optional<String> after) {}
