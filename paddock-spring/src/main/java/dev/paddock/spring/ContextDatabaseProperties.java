package dev.paddock.spring;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * A context's database as properties, for all that doesn't ask for its {@code DataSource}. The database is started by the first read.
 *
 * <p>Flyway, Liquibase and Spring Boot's own scripts use the {@code DataSource} unless properties give them a database or a user of their
 * own. A database of their own becomes the context's. A user of their own stays, and is made there.
 */
final class ContextDatabaseProperties extends EnumerablePropertySource<ContextDatabase> {
    static final String NAME = "paddock";

    private static final String DRIVER = "org.postgresql.Driver";

    private final ConfigurableEnvironment environment;
    private final Map<String, Led> values = new LinkedHashMap<>();

    ContextDatabaseProperties(ContextDatabase database, ConfigurableEnvironment environment) {
        super(NAME, database);
        this.environment = environment;
        always("spring.datasource.url", () -> database.database().jdbcUrl());
        always("spring.datasource.username", () -> database.database().user());
        always("spring.datasource.password", () -> database.database().password());
        always("spring.datasource.driver-class-name", () -> DRIVER);
        // Slices of Spring Boot would look for an embedded database to use instead.
        always("spring.test.database.replace", () -> "NONE");
        always("spring.r2dbc.url", () -> SwitchingConnectionFactory.url(database.database()));
        always("spring.r2dbc.username", () -> database.database().user());
        always("spring.r2dbc.password", () -> database.database().password());
        migrations("spring.flyway.", database);
        migrations("spring.liquibase.", database);
        String init = "spring.sql.init.";
        values.put(
                init + "password",
                new Led(() -> isSaid(init + "username"), () -> database.passwordOf(said(init + "username"))));
        always("paddock.database.host", () -> database.database().host());
        always("paddock.database.port", () -> database.database().port());
        always("paddock.database.name", () -> database.database().name());
        always("paddock.database.user", () -> database.database().user());
        always("paddock.database.password", () -> database.database().password());
        always("paddock.database.uri", () -> database.database().uri());
    }

    /** @param when whether it is a property at all */
    private record Led(BooleanSupplier when, Supplier<Object> value) {}

    private void always(String name, Supplier<Object> value) {
        values.put(name, new Led(() -> true, value));
    }

    private void migrations(String prefix, ContextDatabase database) {
        String url = prefix + "url";
        String user = prefix + "user";
        values.put(url, new Led(() -> isSaid(url), () -> database.database().jdbcUrl()));
        values.put(prefix + "driver-class-name", new Led(() -> isSaid(url) || isSaid(user), () -> DRIVER));
        values.put(
                user,
                new Led(
                        () -> isSaid(url) && !isSaid(user),
                        () -> database.database().user()));
        values.put(
                prefix + "password",
                new Led(
                        () -> isSaid(url) || isSaid(user),
                        () -> isSaid(user)
                                ? database.passwordOf(said(user))
                                : database.database().password()));
    }

    /** Whether anybody else says it, in whatever way that Spring Boot takes for it. */
    private boolean isSaid(String name) {
        return environment.getPropertySources().stream().anyMatch(each -> !each.equals(this) && says(each, name));
    }

    private static boolean says(PropertySource<?> other, String name) {
        if (other.getSource() instanceof Iterable<?>) {
            // Spring Boot's view of all the others, this one among them.
            return false;
        }
        if (other instanceof EnumerablePropertySource<?> listed) {
            String plain = plain(name);
            for (String each : listed.getPropertyNames()) {
                if (plain(each).equals(plain)) {
                    return true;
                }
            }
            return false;
        }
        return other.containsProperty(name);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
    }

    private String said(String name) {
        return environment.getRequiredProperty(name);
    }

    @Override
    public String[] getPropertyNames() {
        return values.keySet().toArray(new String[0]);
    }

    @Override
    public boolean containsProperty(String name) {
        Led led = values.get(name);
        return led != null && led.when().getAsBoolean();
    }

    @Override
    public @Nullable Object getProperty(String name) {
        Led led = values.get(name);
        return led != null && led.when().getAsBoolean() ? led.value().get() : null;
    }
}
