/**
 * The servers that live on without an owner, by name. Entry class: {@link dev.paddock.registry.ServerRegistry}. Depends on
 * {@code model} and {@code home}.
 */
@NullMarked
package dev.paddock.registry;

import org.jspecify.annotations.NullMarked;
