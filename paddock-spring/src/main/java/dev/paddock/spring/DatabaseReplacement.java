package dev.paddock.spring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Makes a context's database its {@code DataSource}, and its {@code ConnectionFactory} if it has one. The {@code DataSource} is there before
 * configurations are read, so that Spring Boot makes none of its own; and when all are read, it takes the place of the one that the
 * application declares itself. Whatever else leads to a database is looked at by a {@link BeanGuard}.
 */
final class DatabaseReplacement implements BeanDefinitionRegistryPostProcessor {
    private static final String BEAN = "paddockDataSource";
    private static final String USUAL = "dataSource";

    private final ConfigurableEnvironment environment;
    private final ContextDatabase database;
    private final ContextDatabaseProperties properties;
    private final List<String> wanted;
    private final Set<String> elsewhere;
    private final Replacement<DataSource> dataSource;

    /**
     * @param wanted the names of the beans to take the place of; if empty the only or primary one
     * @param elsewhere the names of the beans that lead to other databases on purpose
     */
    DatabaseReplacement(
            ConfigurableEnvironment environment,
            ContextDatabase database,
            List<String> wanted,
            List<String> elsewhere) {
        this.environment = environment;
        this.database = database;
        this.properties = new ContextDatabaseProperties(database, environment);
        this.wanted = wanted;
        this.elsewhere = Set.copyOf(elsewhere);
        this.dataSource = new Replacement<>(DataSource.class, database::dataSource, BEAN, wanted);
    }

    /** Before all other properties; to be called again when others may have come before them. */
    void leadProperties() {
        environment.getPropertySources().remove(ContextDatabaseProperties.NAME);
        environment.getPropertySources().addFirst(properties);
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        leadProperties();
        RootBeanDefinition definition = dataSource.definition();
        // Until it takes the place of the application's own, that is the single candidate wherever one is asked for.
        definition.setFallback(true);
        registry.registerBeanDefinition(BEAN, definition);
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Optional<Replacement<?>> reactive =
                SwitchingConnectionFactory.type(beans.getBeanClassLoader()).map(type -> reactive(type, wanted));
        requireKnown(beans, reactive);
        if (!dataSource.apply(beans).isEmpty()) {
            ((BeanDefinitionRegistry) beans).removeBeanDefinition(BEAN);
        } else if (!beans.containsBean(USUAL)) {
            ((BeanDefinitionRegistry) beans).registerAlias(BEAN, USUAL);
        }
        reactive.ifPresent(each -> each.apply(beans));
        BeanGuard guard = new BeanGuard(environment, database, elsewhere);
        guard.checkProperties();
        // Before those that wrap beans.
        beans.addBeanPostProcessor(guard);
    }

    private <T> Replacement<T> reactive(Class<T> type, List<String> names) {
        return new Replacement<>(type, () -> SwitchingConnectionFactory.of(type, database), "", names);
    }

    private void requireKnown(ConfigurableListableBeanFactory beans, Optional<Replacement<?>> reactive) {
        Set<String> known = new LinkedHashSet<>(dataSource.found(beans));
        reactive.ifPresent(each -> known.addAll(each.found(beans)));
        List<String> unknown = new ArrayList<>(wanted);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("@PaddockTest asks for the DataSource bean '" + unknown.get(0) + "'; there "
                    + (known.isEmpty() ? "is none" : "are " + String.join(", ", known)));
        }
    }
}
