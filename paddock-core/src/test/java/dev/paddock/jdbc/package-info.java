@NullMarked
package dev.paddock.jdbc;

import org.jspecify.annotations.NullMarked;
