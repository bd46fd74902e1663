@NullMarked
package dev.paddock.benchmark;

import org.jspecify.annotations.NullMarked;
