/** {@code paddock.yaml}: what it may say, and what is wrong with one. Entry class: {@link dev.paddock.stack.StackFile}. */
@NullMarked
package dev.paddock.stack;

import org.jspecify.annotations.NullMarked;
