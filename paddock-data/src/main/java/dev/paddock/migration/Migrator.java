package dev.paddock.migration;

import dev.paddock.content.Content;
import dev.paddock.content.ContentFile;
import dev.paddock.content.Location;
import java.nio.file.Path;
import java.util.List;

/** Who carries migrations out. */
interface Migrator {

    /** Its name and version: another one may make something else of the same files. */
    String id();

    /** Where all is that makes a difference to the outcome. */
    default Location reach(Content content) {
        return content.location();
    }

    /** Whether a file that is in reach can make a difference. */
    default boolean matters(ContentFile file) {
        return true;
    }

    /** Files that are read although they are none of the content. */
    default List<Path> alsoRead(Content content) {
        return List.of();
    }

    void run(Content content, MigrationTarget target);
}
