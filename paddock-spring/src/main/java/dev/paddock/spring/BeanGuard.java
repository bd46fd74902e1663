package dev.paddock.spring;

import dev.paddock.spring.Whereabouts.End;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.CommonDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Refuses beans that lead to a database which isn't the context's, before they can do anything there. Of Spring Boot, Flyway, Liquibase and
 * R2DBC it knows names alone.
 */
final class BeanGuard implements BeanPostProcessor {
    private static final String REACTIVE = "io.r2dbc.spi.ConnectionFactory";
    /** Of Quartz's own pools, which are no beans. */
    private static final String QUARTZ = "spring.quartz.properties.";

    private final ConfigurableEnvironment environment;
    private final ContextDatabase database;
    private final Set<String> elsewhere;
    /** Where the beans lead that may lead elsewhere, since others may use those. */
    private final Set<End> allowed = new HashSet<>();

    BeanGuard(ConfigurableEnvironment environment, ContextDatabase database, Set<String> elsewhere) {
        this.environment = environment;
        this.database = database;
        this.elsewhere = elsewhere;
    }

    /** Of what connects by itself, with no bean to look at. */
    void checkProperties() {
        for (String name : propertyNames()) {
            if (name.startsWith(QUARTZ) && !elsewhere.contains("quartzScheduler")) {
                Optional<String> url =
                        Optional.ofNullable(environment.getProperty(name)).filter(BeanGuard::isUrl);
                if (url.isPresent() && !isSafe(url.get())) {
                    throw refused("quartzScheduler", url.get(), false);
                }
            }
        }
    }

    /** Beans that connect as soon as they know their properties. */
    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        check(bean, name, false);
        return bean;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        check(bean, name, true);
        return bean;
    }

    /** @param ready whether the bean knows by now where it leads */
    private void check(Object bean, String name, boolean ready) {
        if (bean instanceof CommonDataSource source) {
            check(name, Whereabouts.of(source), ready, true);
        } else if (ready && isReactive(bean) && !SwitchingConnectionFactory.isOne(bean) && !elsewhere.contains(name)) {
            throw refused(name, "where a " + bean.getClass().getName() + " doesn't tell", true);
        } else if (UsersOfDatabases.hidesItsDatabase(bean) && !elsewhere.contains(name)) {
            throw refused(name, "one that a file of its persistence unit may name, and Spring doesn't know", false);
        } else {
            UsersOfDatabases.dataSource(bean).ifPresent(source -> check(name, Whereabouts.of(source), false, false));
            UsersOfDatabases.properties(bean).forEach((key, value) -> checkProperty(name, key, value));
        }
    }

    private static boolean isReactive(Object bean) {
        return Whereabouts.implementsNamed(bean.getClass(), REACTIVE);
    }

    private void check(String name, Set<End> ends, boolean ready, boolean replaceable) {
        if (elsewhere.contains(name)) {
            allowed.addAll(ends);
            return;
        }
        for (End end : ends) {
            if (allowed.contains(end)) {
                continue;
            }
            if (end instanceof End.At at && !isSafe(at.url())) {
                throw refused(name, at.url(), replaceable);
            }
            if (end instanceof End.Untold untold && ready) {
                throw refused(name, "where a " + untold.type().getName() + " doesn't tell", replaceable);
            }
        }
    }

    /** What a persistence unit is told, and prefers to the {@code DataSource} that it is given. */
    private void checkProperty(String name, String key, Object value) {
        if (value instanceof CommonDataSource source) {
            check(name, Whereabouts.of(source), false, false);
        } else if (value instanceof String text && !elsewhere.contains(name) && leadsAway(key, text)) {
            throw refused(name, text, false);
        }
    }

    private boolean leadsAway(String key, String text) {
        boolean jndi = key.toLowerCase(Locale.ROOT).endsWith("datasource");
        boolean away = isUrl(text) && !isSafe(text) && !allowed.contains(new End.At(text));
        return away || (jndi && !text.isEmpty());
    }

    private static boolean isUrl(String text) {
        return text.startsWith("jdbc:") || text.startsWith("r2dbc:");
    }

    private boolean isSafe(String url) {
        return Whereabouts.isPassing(url) || database.isAt(url);
    }

    /** @param replaceable whether it is of a kind that can lead to the test's database instead */
    private IllegalStateException refused(String bean, String where, boolean replaceable) {
        // Behind these there may be a password.
        String address = isUrl(where) ? where.replaceAll("[?;].*", "").replaceAll("//[^/]*@", "//") : where;
        List<String> properties = propertiesSaying(where);
        String byProperty = properties.isEmpty() ? "" : ", by the property " + String.join(", ", properties);
        String remedy = replaceable
                ? "To lead it to this test's, name it with @PaddockTest(dataSource = {…, \"" + bean + "\"})."
                : "Have it use the context's DataSource.";
        return new IllegalStateException(
                "the bean '" + bean + "' leads to a database that isn't this test's: " + address
                        + byProperty + ". " + remedy
                        + " If it leads elsewhere on purpose, say @PaddockTest(elsewhere = \"" + bean
                        + "\"). Else leave it out of the tests' context, by a profile for example");
    }

    private List<String> propertiesSaying(String value) {
        List<String> saying = new ArrayList<>();
        if (isUrl(value)) {
            for (String name : propertyNames()) {
                if (value.equals(read(name))) {
                    saying.add(name);
                }
            }
        }
        return saying;
    }

    private String read(String name) {
        try {
            return String.valueOf(environment.getProperty(name));
        } catch (RuntimeException unreadable) {
            return "";
        }
    }

    private Set<String> propertyNames() {
        Set<String> names = new TreeSet<>();
        for (var source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> listed
                    && !(source instanceof ContextDatabaseProperties)) {
                names.addAll(List.of(listed.getPropertyNames()));
            }
        }
        return names;
    }
}
