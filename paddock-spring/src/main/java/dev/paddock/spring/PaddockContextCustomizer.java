package dev.paddock.spring;

import dev.paddock.engine.Engines;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.template.WrittenTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Puts a database into a context before that starts. Spring keeps one context for all test classes whose customizers are equal: when a
 * database is refreshed makes no difference to that, but whether it ever is does.
 */
record PaddockContextCustomizer(
        String engine, WrittenTemplate template, boolean refreshed, List<String> dataSources, List<String> elsewhere)
        implements ContextCustomizer {

    static PaddockContextCustomizer of(PaddockTest asked) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : asked.settings()) {
            int sign = setting.indexOf('=');
            if (sign < 1) {
                throw new InvalidSpecException(
                        "'" + setting + "' in @PaddockTest is not a setting: write it as work_mem=64MB");
            }
            settings.put(
                    setting.substring(0, sign).strip(),
                    setting.substring(sign + 1).strip());
        }
        WrittenTemplate template = new WrittenTemplate(
                asked.postgres(),
                asked.image(),
                asked.snapshot(),
                "",
                List.of(asked.migrations()),
                List.of(asked.scripts()),
                settings);
        String engine = Engines.choose(said(asked.engine()), said(asked.image()));
        return new PaddockContextCustomizer(
                engine,
                template,
                asked.refresh() != Refresh.NEVER,
                Stream.of(asked.dataSource()).filter(name -> !name.isEmpty()).toList(),
                List.of(asked.elsewhere()));
    }

    private static Optional<String> said(String attribute) {
        return Optional.of(attribute).filter(text -> !text.isEmpty());
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        if (!(context.getBeanFactory() instanceof DefaultListableBeanFactory beans)) {
            throw new IllegalStateException(
                    "@PaddockTest needs a context whose beans are in a DefaultListableBeanFactory, not in "
                            + context.getBeanFactory().getClass().getName());
        }
        ClassLoader resources =
                Optional.ofNullable(context.getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader);
        ContextDatabase database = new ContextDatabase(
                engine,
                template,
                resources,
                refreshed,
                ContextEvidence.read(context.getEnvironment()),
                configuration.getTestClass().getSimpleName());
        // Destroyed with the context, also with one that fails to start; before all others, so after them when it ends.
        beans.registerDisposableBean(ContextDatabase.BEAN, database::close);
        beans.registerSingleton(ContextDatabase.BEAN, database);
        DatabaseReplacement replacement =
                new DatabaseReplacement(context.getEnvironment(), database, dataSources, elsewhere);
        replacement.leadProperties();
        context.addBeanFactoryPostProcessor(replacement);
    }
}
