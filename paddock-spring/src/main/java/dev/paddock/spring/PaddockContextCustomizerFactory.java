package dev.paddock.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Looks for the annotation. Found by Spring in {@code META-INF/spring.factories}. */
final class PaddockContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configuration) {
        PaddockTest asked = TestContextAnnotationUtils.findMergedAnnotation(testClass, PaddockTest.class);
        return asked == null ? null : PaddockContextCustomizer.of(asked);
    }
}
