/**
 * Paddock's folders and what is promised of them: whole or absent, private, shared by processes, the same after a power cut. Entry
 * classes: {@link dev.paddock.home.PaddockHome}, and {@link dev.paddock.home.Seals} for what is made in them.
 */
@NullMarked
package dev.paddock.home;

import org.jspecify.annotations.NullMarked;
