/** What the build holds about the layout of the source. */
@NullMarked
package dev.paddock.layout;

import org.jspecify.annotations.NullMarked;
