/**
 * The process above the servers: starts them, ends with their owner, and takes them with it. The only place that starts processes
 * that outlive a call. Entry class: {@link dev.paddock.embedded.supervision.Supervisor}.
 */
@NullMarked
package dev.paddock.embedded.supervision;

import org.jspecify.annotations.NullMarked;
