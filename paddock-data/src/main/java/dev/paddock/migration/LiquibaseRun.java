package dev.paddock.migration;

import dev.paddock.content.Content;
import dev.paddock.content.ContentFile;
import dev.paddock.database.Database;
import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.sql.Connection;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.UpdateSummaryEnum;
import liquibase.changelog.ChangeSet;
import liquibase.database.DatabaseConnection;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.CompositeResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;

/** One changelog. */
final class LiquibaseRun {
    private final ResourceAccessor files;
    private final String changelog;

    private LiquibaseRun(ResourceAccessor files, String changelog) {
        this.files = files;
        this.changelog = changelog;
    }

    /** Finds the name that Liquibase remembers the changelog by: its path on the class path, or from the working directory. */
    static LiquibaseRun of(Content content, ContentFile changelog, ClassLoader loader) throws Exception {
        ResourceAccessor classPath = new ClassLoaderResourceAccessor(loader);
        if (content.location().onClassPath()) {
            String path = content.location().path();
            return new LiquibaseRun(classPath, content.isFile() ? path : path + "/" + changelog.name());
        }
        Path file = changelog.path().toAbsolutePath().normalize();
        Path here = Path.of("").toAbsolutePath();
        Path root = file.startsWith(here) || file.getParent() == null ? here : file.getParent();
        return new LiquibaseRun(
                new CompositeResourceAccessor(new DirectoryResourceAccessor(root), classPath),
                root.relativize(file).toString().replace('\\', '/'));
    }

    void update(Database database) throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            DatabaseConnection wrapped = new JdbcConnection(connection);
            Liquibase liquibase = new Liquibase(
                    changelog, files, DatabaseFactory.getInstance().findCorrectDatabaseImplementation(wrapped));
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            for (ChangeSet change : liquibase.getDatabaseChangeLog().getChangeSets()) {
                requireInReach(change);
            }
            update(liquibase);
        } finally {
            files.close();
        }
    }

    private void update(Liquibase liquibase) throws Exception {
        LiquibaseFailure failure = new LiquibaseFailure(files);
        liquibase.setChangeExecListener(failure);
        try {
            liquibase.update(new Contexts(), new LabelExpression());
        } catch (LiquibaseException failed) {
            throw failure.explained(changelog, failed);
        }
    }

    /** What lies elsewhere isn't part of the digest: nobody would notice that it changed. */
    private void requireInReach(ChangeSet change) {
        String folder = changelog.substring(0, changelog.lastIndexOf('/') + 1);
        if (!change.getFilePath().startsWith(folder)) {
            throw new PaddockException(
                    changelog + " includes " + change.getFilePath() + ", which isn't below its own folder",
                    "have what a changelog includes in its folder, so that changes to it are noticed");
        }
    }
}
