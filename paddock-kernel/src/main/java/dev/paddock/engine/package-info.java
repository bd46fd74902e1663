/**
 * What an engine must be able to do: run servers somewhere, as clones of snapshots. Entry class:
 * {@link dev.paddock.engine.Engine}. Engines implement it and never see each other; depends on {@code model}, {@code snapshot} and
 * {@code wire}.
 */
@NullMarked
package dev.paddock.engine;

import org.jspecify.annotations.NullMarked;
