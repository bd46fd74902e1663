@NullMarked
package dev.paddock.junit;

import org.jspecify.annotations.NullMarked;
