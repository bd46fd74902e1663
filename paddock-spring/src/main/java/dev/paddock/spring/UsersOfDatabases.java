package dev.paddock.spring;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;
import org.springframework.util.ClassUtils;

/** Beans that have a way to a database in them: Spring's own, Flyway's, Liquibase's. They are asked by the names of their getters. */
final class UsersOfDatabases {
    private static final String FLYWAY = "org.flywaydb.core.Flyway";

    private UsersOfDatabases() {}

    static Optional<CommonDataSource> dataSource(Object bean) {
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
        if (isOfALibrary(bean, "getJpaPropertyMap")
                && Whereabouts.ask(bean, "getJpaPropertyMap") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value != null) {
                    told.put(String.valueOf(key), value);
                }
            });
        }
        return told;
    }

    /** A getter of the application's own may do anything. */
    private static boolean isOfALibrary(Object bean, String getter) {
        Method method = ClassUtils.getMethodIfAvailable(bean.getClass(), getter);
        return method != null
                && Stream.of("org.springframework.", "liquibase.")
                        .anyMatch(method.getDeclaringClass().getName()::startsWith);
    }
}
