/**
 * Migrations: finds out whose they are, and has them carried out by Flyway, by Liquibase, or, where these aren't on the class path
 * or aren't needed, by itself. Entry class: {@link dev.paddock.migration.Migrations}. The two tools are optional: only {@code
 * FlywayMigrator} and the classes that begin with {@code Liquibase} know them, and nobody touches those before having looked whether
 * the tool is there.
 */
@NullMarked
package dev.paddock.migration;

import org.jspecify.annotations.NullMarked;
