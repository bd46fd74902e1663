/**
 * How servers get data directories of their own without copying more than they must. Entry class: {@link
 * dev.paddock.embedded.storage.Session}.
 */
@NullMarked
package dev.paddock.embedded.storage;

import org.jspecify.annotations.NullMarked;
