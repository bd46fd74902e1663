/**
 * The engine on local processes. Entry class: {@link dev.paddock.embedded.EmbeddedEngineProvider}, found by the kernel; nothing
 * else is meant for others.
 */
@NullMarked
package dev.paddock.embedded;

import org.jspecify.annotations.NullMarked;
