package dev.paddock.spring;

import dev.paddock.database.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/** A context's database as properties, for all that doesn't ask for its {@code DataSource}. The database is started by the first read. */
final class ContextDatabaseProperties extends EnumerablePropertySource<ContextDatabase> {
    private final Map<String, Function<Database, Object>> values = new LinkedHashMap<>();

    ContextDatabaseProperties(ContextDatabase database) {
        super("paddock", database);
        values.put("spring.datasource.url", Database::jdbcUrl);
        values.put("spring.datasource.username", Database::user);
        values.put("spring.datasource.password", Database::password);
        values.put("spring.r2dbc.url", each -> "r2dbc:" + address(each));
        values.put("spring.r2dbc.username", Database::user);
        values.put("spring.r2dbc.password", Database::password);
        values.put("paddock.database.host", Database::host);
        values.put("paddock.database.port", Database::port);
        values.put("paddock.database.name", Database::name);
        values.put("paddock.database.user", Database::user);
        values.put("paddock.database.password", Database::password);
        values.put("paddock.database.uri", Database::uri);
    }

    private static String address(Database database) {
        return database.jdbcUrl().substring("jdbc:".length());
    }

    @Override
    public String[] getPropertyNames() {
        String[] names = values.keySet().toArray(new String[values.size() + 2]);
        names[values.size()] = "spring.datasource.driver-class-name";
        names[values.size() + 1] = "spring.test.database.replace";
        return names;
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return switch (name) {
            case "spring.datasource.driver-class-name" -> "org.postgresql.Driver";
            // Slices of Spring Boot would look for an embedded database to use instead.
            case "spring.test.database.replace" -> "NONE";
            default -> {
                Function<Database, Object> value = values.get(name);
                yield value == null ? null : value.apply(source.database());
            }
        };
    }
}
