package dev.paddock.migration;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a tool is there, without touching it: both for the user's class loader and for Paddock's own, which calls it. A class
 * loader of the user's that doesn't know it has it left out.
 */
final class ToolOnClassPath {
    private final ClassLoader own = ToolOnClassPath.class.getClassLoader();
    private final ClassLoader loader;

    private ToolOnClassPath(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Flyway's version, if it is there.
     *
     * @throws PaddockException if it is there without its part for PostgreSQL
     */
    static Optional<String> flyway(ClassLoader loader) {
        ToolOnClassPath tool = new ToolOnClassPath(loader);
        if (!tool.has("org.flywaydb.core.Flyway")) {
            return Optional.empty();
        }
        if (!tool.has("org.flywaydb.database.postgresql.PostgreSQLDatabaseType")) {
            throw new PaddockException(
                    "Flyway is on the class path without its part for PostgreSQL",
                    "add the dependency org.flywaydb:flyway-database-postgresql, which Flyway has since version 10");
        }
        return Optional.of(tool.text("org/flywaydb/core/internal/version.txt"));
    }

    /** Liquibase's version, if it is there. */
    static Optional<String> liquibase(ClassLoader loader) {
        ToolOnClassPath tool = new ToolOnClassPath(loader);
        if (!tool.has("liquibase.Liquibase")) {
            return Optional.empty();
        }
        Properties build = new Properties();
        try (Reader lines =
                new InputStreamReader(tool.resource("liquibase.build.properties"), StandardCharsets.UTF_8)) {
            build.load(lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Optional.of(build.getProperty("build.version", ""));
    }

    private boolean has(String name) {
        return has(name, loader) && has(name, own);
    }

    private static boolean has(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    private String text(String name) {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private InputStream resource(String name) {
        @Nullable InputStream found = own.getResourceAsStream(name);
        return found == null ? InputStream.nullInputStream() : found;
    }
}
