package dev.paddock.template;

import dev.paddock.model.ContainerSpec;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.ServerSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A template in the words of those who can only write text: annotations, URLs, configuration files. Immutable; two that say the same are
 * equal.
 *
 * @param postgres which PostgreSQL, such as {@code 18} or {@code 16.9}; if empty the snapshot's own, or the newest
 * @param image what its server is a container of; if empty whichever has that PostgreSQL, where servers are containers
 * @param snapshot name or id of the snapshot that all else is put on; if empty none
 * @param database what it is called; if empty the snapshot's, or a name that Paddock chooses
 * @param migrations where they are, in order: {@code classpath:db/migration}, {@code filesystem:db} or a path
 * @param scripts SQL scripts, dumps or folders of them, put in after the migrations: {@code classpath:seed.sql} or a path
 * @param settings PostgreSQL's, over Paddock's own
 */
public record WrittenTemplate(
        String postgres,
        String image,
        String snapshot,
        String database,
        List<String> migrations,
        List<String> scripts,
        Map<String, String> settings) {

    private static final String CLASSPATH = "classpath:";
    private static final String FILESYSTEM = "filesystem:";

    public WrittenTemplate {
        migrations = List.copyOf(migrations);
        scripts = List.copyOf(scripts);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * What it means. Nothing is read yet.
     *
     * @param resources where {@code classpath:} looks
     * @throws dev.paddock.model.InvalidSpecException if it can't be meant
     */
    public TemplateSpec read(ClassLoader resources) {
        TemplateSpec template = TemplateSpec.of(server());
        for (String location : migrations) {
            template = template.with(Layer.migrations(location, resources));
        }
        for (String location : scripts) {
            template = template.with(scripts(location, resources));
        }
        return template;
    }

    private static Layer scripts(String location, ClassLoader resources) {
        // What has no names of anybody's kind is run as scripts, from the class path as from elsewhere.
        return location.startsWith(CLASSPATH)
                ? Layer.migrations(location, resources)
                : Layer.scripts(List.of(
                        Path.of(location.startsWith(FILESYSTEM) ? location.substring(FILESYSTEM.length()) : location)));
    }

    private ServerSpec server() {
        ServerSpec server = ServerSpec.create();
        if (!postgres.isEmpty()) {
            server = server.withPostgres(PostgresSource.parse(postgres));
        }
        if (!image.isEmpty()) {
            server = server.withContainer(ContainerSpec.DEFAULT.withImage(image));
        }
        if (!snapshot.isEmpty()) {
            server = server.withSnapshot(snapshot);
        }
        if (!database.isEmpty()) {
            server = server.withDatabase(database);
        }
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            server = server.withSetting(setting.getKey(), setting.getValue());
        }
        return server;
    }
}
