package dev.paddock.spring;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Beans that have a way to a database in them: Spring's own, Flyway's, Liquibase's. They are asked by the names of their getters. */
final class UsersOfDatabases {
    private static final String FLYWAY = "org.flywaydb.core.Flyway";
    private static final String PERSISTENCE_UNIT = "org.springframework.orm.jpa.EntityManagerFactoryInfo";

    private UsersOfDatabases() {}

    static Optional<CommonDataSource> dataSource(Object bean) {
        if (isSessionFactory(bean)) {
            return field(bean, "dataSource")
                    .filter(CommonDataSource.class::isInstance)
                    .map(CommonDataSource.class::cast);
        }
        Object asked = FLYWAY.equals(bean.getClass().getName())
                ? Whereabouts.ask(bean, "getConfiguration")
                : isOfALibrary(bean, "getDataSource") ? bean : null;
        return Optional.ofNullable(asked)
                .map(each -> Whereabouts.ask(each, "getDataSource"))
                .filter(CommonDataSource.class::isInstance)
                .map(CommonDataSource.class::cast);
    }

    /** What a persistence unit is told of its database. */
    static Map<String, Object> properties(Object bean) {
        Map<String, Object> told = new LinkedHashMap<>();
        String getter = isSessionFactory(bean) ? "getHibernateProperties" : "getJpaPropertyMap";
        if (isOfALibrary(bean, getter) && Whereabouts.ask(bean, getter) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value != null) {
                    told.put(String.valueOf(key), value);
                }
            });
        }
        return told;
    }

    /**
     * Whether a persistence unit is told its database neither by Spring nor by its properties. So a file of its own names it, and what that says
     * is only known once it has connected, and made or dropped tables.
     */
    static boolean hidesItsDatabase(Object bean) {
        return (isSessionFactory(bean) || isUnitsFactory(bean))
                && dataSource(bean).isEmpty()
                && field(bean, "persistenceUnitManager").isEmpty()
                && properties(bean).entrySet().stream()
                        .noneMatch(each -> tellsADatabase(each.getKey().toLowerCase(Locale.ROOT), each.getValue()));
    }

    private static boolean tellsADatabase(String key, Object value) {
        return value instanceof CommonDataSource
                || String.valueOf(value).startsWith("jdbc:")
                || key.endsWith("datasource")
                || key.endsWith("connection_provider")
                || key.endsWith("connection.provider_class");
    }

    /** What makes a persistence unit; the unit itself, which is all that its interface makes it, is asked nothing. */
    private static boolean isUnitsFactory(Object bean) {
        return isOfALibrary(bean, "getPersistenceUnitInfo")
                && Whereabouts.implementsNamed(bean.getClass(), PERSISTENCE_UNIT);
    }

    /** Hibernate's own way, which Spring has under two names. */
    private static boolean isSessionFactory(Object bean) {
        return isOfALibrary(bean, "getHibernateProperties");
    }

    /** What no getter tells. */
    private static Optional<Object> field(Object bean, String name) {
        Field field = ReflectionUtils.findField(bean.getClass(), name);
        return field != null && field.trySetAccessible()
                ? Optional.ofNullable(ReflectionUtils.getField(field, bean))
                : Optional.empty();
    }

    /** A getter of the application's own may do anything. */
    private static boolean isOfALibrary(Object bean, String getter) {
        Method method = ClassUtils.getMethodIfAvailable(bean.getClass(), getter);
        return method != null
                && Stream.of("org.springframework.", "liquibase.")
                        .anyMatch(method.getDeclaringClass().getName()::startsWith);
    }
}
