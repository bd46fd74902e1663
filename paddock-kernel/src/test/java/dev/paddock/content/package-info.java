@NullMarked
package dev.paddock.content;

import org.jspecify.annotations.NullMarked;
