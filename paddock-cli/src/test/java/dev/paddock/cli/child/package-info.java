/** Programs in the foreground. */
@NullMarked
package dev.paddock.cli.child;

import org.jspecify.annotations.NullMarked;
