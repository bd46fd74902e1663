package dev.paddock.junit;

import dev.paddock.failure.FailedTest;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What people call a test or a class. */
final class TestNames {
    private TestNames() {}

    static FailedTest of(ExtensionContext context) {
        Optional<Class<?>> type = nearest(context, ExtensionContext::getTestClass);
        Optional<String> method =
                nearest(context, ExtensionContext::getTestMethod).map(Method::getName);
        boolean oneOfSeveral = context.getParent()
                .flatMap(parent -> nearest(parent, ExtensionContext::getTestMethod))
                .isPresent();
        String test = method.map(name -> oneOfSeveral ? name + " " + context.getDisplayName() : name)
                .orElse("");
        return type.map(each -> FailedTest.of(each, test)).orElseGet(() -> new FailedTest("", "", test));
    }

    /** Dynamic tests have no method or class themselves, but are within those of their factory. */
    private static <T> Optional<T> nearest(ExtensionContext context, Function<ExtensionContext, Optional<T>> what) {
        return what.apply(context).or(() -> context.getParent().flatMap(parent -> nearest(parent, what)));
    }
}
