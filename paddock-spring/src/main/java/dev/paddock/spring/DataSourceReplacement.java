package dev.paddock.spring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Makes a context's database its {@code DataSource}. It is there before configurations are read, so that Spring Boot makes none of its own;
 * and when all are read, it takes the place of the one that the application declares itself.
 */
final class DataSourceReplacement implements BeanDefinitionRegistryPostProcessor {
    private static final String BEAN = "paddockDataSource";
    private static final String USUAL = "dataSource";

    private final ContextDatabase database;
    private final String wanted;

    /** @param wanted the name of the bean to take the place of; if empty the only or primary one */
    DataSourceReplacement(ContextDatabase database, String wanted) {
        this.database = database;
        this.wanted = wanted;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        RootBeanDefinition definition = definition();
        // Until it takes the place of the application's own, that is the single candidate wherever one is asked for.
        definition.setFallback(true);
        registry.registerBeanDefinition(BEAN, definition);
    }

    private RootBeanDefinition definition() {
        RootBeanDefinition definition = new RootBeanDefinition(DataSource.class, database::dataSource);
        // The context's database is closed by itself.
        definition.setDestroyMethodName("");
        return definition;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beans;
        Optional<String> replaced = replaced(beans);
        if (replaced.isPresent()) {
            RootBeanDefinition definition = definition();
            definition.setPrimary(beans.getBeanDefinition(replaced.get()).isPrimary());
            registry.removeBeanDefinition(BEAN);
            registry.removeBeanDefinition(replaced.get());
            registry.registerBeanDefinition(replaced.get(), definition);
        } else if (!beans.containsBean(USUAL)) {
            registry.registerAlias(BEAN, USUAL);
        }
    }

    private Optional<String> replaced(ConfigurableListableBeanFactory beans) {
        List<String> others = new ArrayList<>(Arrays.asList(beans.getBeanNamesForType(DataSource.class, true, false)));
        others.removeIf(name -> name.equals(BEAN) || !beans.containsBeanDefinition(name));
        if (!wanted.isEmpty()) {
            if (!others.contains(wanted)) {
                throw new IllegalStateException("@PaddockTest asks for the DataSource bean '" + wanted + "'; there "
                        + (others.isEmpty() ? "is none" : "are " + String.join(", ", others)));
            }
            return Optional.of(wanted);
        }
        if (others.size() < 2) {
            return others.stream().findFirst();
        }
        List<String> primary =
                others.stream().filter(name -> isPrimary(beans, name)).toList();
        if (primary.size() != 1) {
            throw new IllegalStateException("there are several DataSource beans, " + String.join(", ", others)
                    + ": say which is to be PostgreSQL's with @PaddockTest(dataSource = \"" + others.get(0) + "\")");
        }
        return Optional.of(primary.get(0));
    }

    private static boolean isPrimary(ConfigurableListableBeanFactory beans, String name) {
        BeanDefinition definition = beans.getBeanDefinition(name);
        return definition.isPrimary();
    }
}
