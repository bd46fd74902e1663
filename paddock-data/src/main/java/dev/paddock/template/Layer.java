package dev.paddock.template;

import dev.paddock.content.Location;
import dev.paddock.migration.Migrations;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of making a template: migrations, seed data, a dump. Immutable and thread-safe. A layer is applied to what those before it
 * made, and the result of each is kept, so that templates that begin alike share their beginning.
 */
public interface Layer {

    /**
     * Tells this layer's content from any other: where two keys are equal, what is in the databases is taken to be equal. Read from the
     * content itself, not from where it stands, so that the same files in another folder have the same key. Asked for before the layer is
     * applied, and again afterwards: if it is another then, nothing is kept of it.
     *
     * @throws dev.paddock.model.PaddockException if the content is missing or can't be read
     */
    String key();

    /**
     * Tells whether others have changed the content since, also if they have undone it: the same as long as they haven't, and empty where only this
     * user can. Asked for before and after the layer is applied; if it differs, nothing is kept of it.
     */
    default String changesByOthers() {
        return "";
    }

    /** What it is, for people: {@code migrations in classpath:db/migration}. */
    String description();

    /**
     * Puts the layer into a database that no one else uses.
     *
     * @throws dev.paddock.model.PaddockException if it fails, saying where: file, line, statement and the server's message
     */
    void apply(LayerTarget target);

    /**
     * Code of the user's.
     *
     * @param key must change whenever what the code does changes
     */
    static Layer code(String key, LayerCode code) {
        return new CodeLayer(key, code);
    }

    /**
     * Scripts and dumps, as {@code paddock --init} takes them: see {@link dev.paddock.script.InitScripts}. Of a folder, all files
     * count for the key, and so do files that a script reads besides.
     */
    static Layer scripts(List<Path> paths) {
        return new ScriptsLayer(paths);
    }

    /**
     * Migrations on the class path that the calling thread's context class loader has, or in files.
     *
     * @param location {@code classpath:db/migration}, {@code filesystem:path} or a path, of a folder or a single file
     * @throws dev.paddock.model.InvalidSpecException if that can't be a location
     */
    static Layer migrations(String location) {
        return migrations(location, ofThread());
    }

    /** Migrations in files, whatever the path of their folder, or of the single one, looks like. */
    static Layer migrations(Path files) {
        return new MigrationsLayer(new Migrations(Location.of(files), ofThread()));
    }

    private static ClassLoader ofThread() {
        @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? Layer.class.getClassLoader() : loader;
    }

    /**
     * Migrations. Their content tells what they are: a changelog of Liquibase, files named as Flyway wants it, or plain scripts, run
     * in the order of their names. Liquibase, and Flyway if it is on the class path, carry out their own; without Flyway, Paddock
     * runs its files as it would.
     *
     * @param location {@code classpath:db/migration}, {@code filesystem:path} or a path, of a folder or a single file
     * @param loader of the class path
     * @throws dev.paddock.model.InvalidSpecException if that can't be a location
     */
    static Layer migrations(String location, ClassLoader loader) {
        return new MigrationsLayer(new Migrations(Location.parse(location), loader));
    }
}
