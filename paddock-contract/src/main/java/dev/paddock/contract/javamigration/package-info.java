/** Holds a migration in Java, found as Flyway finds them. */
@NullMarked
package dev.paddock.contract.javamigration;

import org.jspecify.annotations.NullMarked;
