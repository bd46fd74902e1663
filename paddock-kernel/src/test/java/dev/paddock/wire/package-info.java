@NullMarked
package dev.paddock.wire;

import org.jspecify.annotations.NullMarked;
