package dev.paddock.lease;

import java.util.Optional;

/**
 * A connection that its opener didn't close.
 *
 * @param client what the server knows of it: its application's name and what it did last
 * @param opened the stack at its opening, if it was opened by the lease's own data source
 */
public record Leak(String client, Optional<Throwable> opened) {}
