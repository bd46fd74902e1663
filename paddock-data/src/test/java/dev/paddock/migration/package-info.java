@NullMarked
package dev.paddock.migration;

import org.jspecify.annotations.NullMarked;
