package dev.paddock.migration;

import dev.paddock.content.Content;
import dev.paddock.content.ContentFile;
import dev.paddock.model.PaddockException;
import java.util.List;
import java.util.Optional;

/** Finds out by content whose migrations they are. */
final class Recognition {
    private Recognition() {}

    /** @throws PaddockException if they are Liquibase's, and it isn't there, or are named wrongly */
    static Migrator of(Content content, ClassLoader loader) {
        List<ContentFile> changelogs = Changelogs.in(content);
        if (!changelogs.isEmpty()) {
            return liquibase(content, changelogs, loader);
        }
        if (content.isFile()) {
            return new PlainScripts();
        }
        requireNoMistakes(content);
        if (NamedMigration.among(content.files()).isEmpty()) {
            requireScripts(content);
            return new PlainScripts();
        }
        Optional<String> flyway = ToolOnClassPath.flyway(loader);
        return flyway.isPresent() ? new FlywayMigrator(flyway.get(), loader) : new OwnRun();
    }

    private static Migrator liquibase(Content content, List<ContentFile> changelogs, ClassLoader loader) {
        Optional<String> version = ToolOnClassPath.liquibase(loader);
        if (version.isEmpty()) {
            throw new PaddockException(
                    content.location().text() + " has a changelog of Liquibase, which isn't on the class path: "
                            + changelogs.get(0).name(),
                    "add the dependency org.liquibase:liquibase-core");
        }
        return new LiquibaseMigrator(version.get(), changelogs, loader);
    }

    private static void requireNoMistakes(Content content) {
        for (ContentFile file : content.files()) {
            if (NamedMigration.isMistaken(file)) {
                throw new PaddockException(
                        file.name() + " in " + content.location().text()
                                + " is named almost as a migration, and would be left out",
                        "name it like V2__add_ponies.sql or R__views.sql, with two underscores; scripts without such names"
                                + " go into Layer.scripts");
            }
        }
    }

    private static void requireScripts(Content content) {
        for (ContentFile file : content.files()) {
            if (!Changelogs.isOther(file)) {
                return;
            }
        }
        throw new PaddockException(
                "nothing in " + content.location().text() + " can be told to be a migration",
                "name the changelog itself, or call it db.changelog-master, as Liquibase users do");
    }
}
