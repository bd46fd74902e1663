package dev.paddock.migration;

import static java.util.Map.entry;

import dev.paddock.content.Content;
import dev.paddock.content.ContentFile;
import dev.paddock.content.Location;
import dev.paddock.model.PaddockException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import liquibase.GlobalConfiguration;
import liquibase.Scope;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.ui.LoggerUIService;

/**
 * Liquibase carries the changes out, and keeps its history in the database, so that the application's own Liquibase finds nothing left
 * to do. Only to be touched if Liquibase is on the class path.
 */
final class LiquibaseMigrator implements Migrator {
    private final String version;
    private final List<ContentFile> changelogs;
    private final ClassLoader loader;

    LiquibaseMigrator(String version, List<ContentFile> changelogs, ClassLoader loader) {
        this.version = version;
        this.changelogs = changelogs;
        this.loader = loader;
    }

    @Override
    public String id() {
        return changelogs.stream()
                .map(ContentFile::name)
                .collect(Collectors.joining("\n", "liquibase " + version + "\n", ""));
    }

    /** A changelog includes others: what lies beside it counts. */
    @Override
    public Location reach(Content content) {
        return content.isFile() ? content.location().folder() : content.location();
    }

    @Override
    public boolean matters(ContentFile file) {
        return !file.name().endsWith(".class");
    }

    @Override
    public void run(Content content, MigrationTarget target) {
        target.progress().advance("migrating", 0, changelogs.size());
        try {
            // Threads that were begun by one share what Liquibase calls a scope: one at a time.
            synchronized (LiquibaseMigrator.class) {
                Scope.child(quiet(), () -> update(content, target));
            }
        } catch (PaddockException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new FailedStatement(content.location().text(), 0, "").because(failure);
        }
    }

    private void update(Content content, MigrationTarget target) throws Exception {
        for (ContentFile changelog : changelogs) {
            LiquibaseRun.of(content, changelog, loader).update(target.database());
        }
    }

    private Map<String, Object> quiet() {
        return Map.ofEntries(
                entry(Scope.Attr.logService.name(), new LiquibaseLog()),
                entry(Scope.Attr.ui.name(), new LoggerUIService()),
                entry(AnalyticsArgs.ENABLED.getKey(), false),
                // As a class loader does it: the first of a name counts.
                entry(GlobalConfiguration.DUPLICATE_FILE_MODE.getKey(), GlobalConfiguration.DuplicateFileMode.WARN));
    }
}
