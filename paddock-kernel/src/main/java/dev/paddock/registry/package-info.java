/** The servers that live on without an owner, by name. Entry class: {@link dev.paddock.registry.ServerRegistry}. */
@NullMarked
package dev.paddock.registry;

import org.jspecify.annotations.NullMarked;
