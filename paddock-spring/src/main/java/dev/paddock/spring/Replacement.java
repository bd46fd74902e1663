package dev.paddock.spring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.type.MethodMetadata;

/**
 * What takes the place of the application's own beans of one type.
 *
 * @param name of the bean that is there if the application has none; it is never replaced itself
 * @param wanted the names of the beans to replace; if empty the only or the primary one
 */
record Replacement<T>(Class<T> type, Supplier<T> ours, String name, List<String> wanted) {

    RootBeanDefinition definition() {
        RootBeanDefinition definition = new RootBeanDefinition(type, ours);
        // The context's database is closed by itself.
        definition.setDestroyMethodName("");
        return definition;
    }

    /** The names of the application's own beans. */
    List<String> found(ConfigurableListableBeanFactory beans) {
        List<String> found = new ArrayList<>(Arrays.asList(beans.getBeanNamesForType(type, true, false)));
        found.removeIf(each -> each.equals(name) || !beans.containsBeanDefinition(each));
        return found;
    }

    /** @return the names of those that were replaced */
    List<String> apply(ConfigurableListableBeanFactory beans) {
        List<String> replaced = chosen(beans, found(beans));
        replaced.forEach(each -> replace(beans, each));
        return replaced;
    }

    private List<String> chosen(ConfigurableListableBeanFactory beans, List<String> found) {
        if (!wanted.isEmpty()) {
            return wanted.stream().filter(found::contains).toList();
        }
        if (found.size() < 2) {
            return found;
        }
        List<String> primary = found.stream()
                .filter(each -> beans.getBeanDefinition(each).isPrimary())
                .toList();
        if (primary.size() != 1) {
            throw new IllegalStateException("there are several " + type.getSimpleName() + " beans, "
                    + String.join(", ", found) + ": say which are to be PostgreSQL's with @PaddockTest(dataSource = \""
                    + found.get(0) + "\")");
        }
        return primary;
    }

    private void replace(ConfigurableListableBeanFactory beans, String each) {
        BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beans;
        BeanDefinition old = beans.getBeanDefinition(each);
        RootBeanDefinition definition = definition();
        definition.setPrimary(old.isPrimary());
        definition.setFallback(old.isFallback());
        if (old instanceof AnnotatedBeanDefinition annotated && annotated.getFactoryMethodMetadata() != null) {
            keepQualifier(annotated.getFactoryMethodMetadata(), definition);
        }
        registry.removeBeanDefinition(each);
        registry.registerBeanDefinition(each, definition);
    }

    /** So that it is found wherever the replaced one was asked for by its qualifier. */
    private static void keepQualifier(MethodMetadata method, RootBeanDefinition definition) {
        method.getAnnotations()
                .get(Qualifier.class)
                .getValue("value", String.class)
                .ifPresent(value -> definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, value)));
    }
}
