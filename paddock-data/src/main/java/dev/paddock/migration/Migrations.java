package dev.paddock.migration;

import dev.paddock.content.Content;
import dev.paddock.content.ContentDigest;
import dev.paddock.content.ContentFile;
import dev.paddock.content.Location;
import dev.paddock.database.Database;
import dev.paddock.model.Progress;
import dev.paddock.script.ScriptTarget;

/**
 * The migrations of a location. Immutable and thread-safe.
 *
 * @param loader of the class path, where the tools are looked for too
 */
public record Migrations(Location location, ClassLoader loader) {

    /**
     * Of the files' names and content, and of the tool that carries them out.
     *
     * @throws dev.paddock.model.PaddockException if there are none, they can't be read, or can't be meant so
     */
    public String digest() {
        Migrator migrator;
        Location reach;
        try (Content content = Content.open(location, loader)) {
            migrator = Recognition.of(content, loader);
            reach = migrator.reach(content);
        }
        try (Content content = Content.open(reach, loader)) {
            return new ContentDigest()
                    .add(migrator.id())
                    .add(content.files().stream().filter(migrator::matters).toList())
                    .addRead(migrator.alsoRead(content))
                    .toHex();
        }
    }

    /** What changes whenever others change the files, also if they undo it; empty where only this user can. */
    public String changesByOthers() {
        try (Content content = Content.open(location, loader)) {
            return Content.changesByOthers(
                    content.files().stream().map(ContentFile::path).toList());
        }
    }

    /**
     * Carries them out, all that apply to a new database.
     *
     * @param database for tools that speak JDBC
     * @param scripts for scripts, as the same user
     * @throws dev.paddock.model.PaddockException with file, line, statement and the server's message
     */
    public void run(Database database, ScriptTarget scripts, Progress progress) {
        try (Content content = Content.open(location, loader)) {
            Recognition.of(content, loader).run(content, new MigrationTarget(database, scripts, progress));
        }
    }
}
