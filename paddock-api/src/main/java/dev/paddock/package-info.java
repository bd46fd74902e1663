/**
 * Real PostgreSQL on demand. Entry class: {@link dev.paddock.Paddock}. Brings the other packages together; only engines, test
 * integrations and the command line depend on it.
 */
@NullMarked
package dev.paddock;

import org.jspecify.annotations.NullMarked;
