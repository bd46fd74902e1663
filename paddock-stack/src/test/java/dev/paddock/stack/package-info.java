@NullMarked
package dev.paddock.stack;

import org.jspecify.annotations.NullMarked;
