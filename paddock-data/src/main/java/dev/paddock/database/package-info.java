/** Databases as their users see them. Entry class: {@link dev.paddock.database.Database}. */
@NullMarked
package dev.paddock.database;

import org.jspecify.annotations.NullMarked;
