/**
 * Paddock's folders and what is promised of them: whole or absent, private, shared by processes. Entry class:
 * {@link dev.paddock.home.PaddockHome}. Depends on {@code model} and
 * {@code time}.
 */
@NullMarked
package dev.paddock.home;

import org.jspecify.annotations.NullMarked;
