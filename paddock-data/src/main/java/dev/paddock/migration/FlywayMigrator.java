package dev.paddock.migration;

import dev.paddock.content.Content;
import dev.paddock.content.Location;
import dev.paddock.database.Database;
import dev.paddock.model.PaddockException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;

/**
 * Flyway carries the migrations out, and keeps its history in the database, so that the application's own Flyway finds nothing left
 * to do. Only to be touched if Flyway is on the class path.
 */
final class FlywayMigrator implements Migrator {
    /** Of the layers below, which are other locations with versions of their own. */
    private static final String[] OTHER_LAYERS = {"*:missing", "*:ignored", "*:future"};

    private final String version;
    private final ClassLoader loader;

    FlywayMigrator(String version, ClassLoader loader) {
        this.version = version;
        this.loader = loader;
    }

    @Override
    public String id() {
        return "flyway " + version;
    }

    @Override
    public void run(Content content, MigrationTarget target) {
        target.progress().advance("migrating", 0, content.files().size());
        try {
            configuration(content.location(), target.database()).load().migrate();
        } catch (FlywayException failure) {
            throw explained(content, failure);
        }
    }

    private FluentConfiguration configuration(Location location, Database database) {
        FluentConfiguration configuration = Flyway.configure(loader)
                .loggers("slf4j")
                .dataSource(database.dataSource())
                .locations(place(location))
                .failOnMissingLocations(true)
                .outOfOrder(true)
                .ignoreMigrationPatterns(OTHER_LAYERS);
        lockOutsideOfTransactions(configuration);
        return configuration;
    }

    /** Else CREATE INDEX CONCURRENTLY would wait forever for the transaction that holds the lock. */
    @SuppressWarnings("deprecation") // Its successor came with 11.14.
    private static void lockOutsideOfTransactions(FluentConfiguration configuration) {
        try {
            configuration
                    .getPluginRegister()
                    .getPlugin(PostgreSQLConfigurationExtension.class)
                    .setTransactionalLock(false);
        } catch (LinkageError before10) {
            // Those versions keep it elsewhere; all but such indexes can be made.
        }
    }

    private static String place(Location location) {
        return location.onClassPath()
                ? "classpath:" + location.path()
                : "filesystem:" + location.file().toAbsolutePath();
    }

    private static PaddockException explained(Content content, FlywayException failure) {
        String file = content.location().text();
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof FlywaySqlScriptException script) {
                return new FailedStatement(file(script, file), script.getLineNumber(), script.getStatement())
                        .because(failure);
            }
            if (each instanceof FlywayMigrateException migration) {
                file = migration.getMigration().getScript();
            }
        }
        return new FailedStatement(file, 0, "").because(failure);
    }

    private static String file(FlywaySqlScriptException failed, String migration) {
        String onDisk =
                failed.getResource() == null ? null : failed.getResource().getAbsolutePathOnDisk();
        return onDisk == null || onDisk.isEmpty() ? migration : onDisk;
    }
}
