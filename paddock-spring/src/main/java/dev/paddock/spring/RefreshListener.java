package dev.paddock.spring;

import java.lang.reflect.Modifier;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Refreshes contexts' databases for classes and methods that want it. Found by Spring in {@code META-INF/spring.factories}. */
final class RefreshListener implements TestExecutionListener, Ordered {
    /** After contexts that are to be thrown away are, and before transactions begin and scripts of {@code @Sql} run. */
    private static final int ORDER = 3500;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public void beforeTestClass(TestContext test) {
        Refresh refresh = refresh(test);
        if (refresh != Refresh.NEVER) {
            enter(database(test), test);
        }
    }

    @Override
    public void beforeTestMethod(TestContext test) {
        Refresh refresh = refresh(test);
        if (refresh == Refresh.NEVER) {
            return;
        }
        ContextDatabase database = database(test);
        // A context may be another than at the beginning of the class, if that was thrown away.
        enter(database, test);
        if (refresh == Refresh.METHOD) {
            database.occupancy().begin(method(test));
            refreshIfTouched(database, method(test));
        }
    }

    @Override
    public void afterTestMethod(TestContext test) {
        if (refresh(test) == Refresh.METHOD && test.hasApplicationContext()) {
            database(test).occupancy().end(method(test));
        }
    }

    @Override
    public void afterTestClass(TestContext test) {
        Class<?> testClass = test.getTestClass();
        if (refresh(test) != Refresh.NEVER && test.hasApplicationContext() && outermost(testClass) == testClass) {
            database(test).occupancy().leave(testClass.getName());
        }
    }

    private static void enter(ContextDatabase database, TestContext test) {
        String testClass = outermost(test.getTestClass()).getName();
        if (!database.occupancy().enter(testClass)) {
            return;
        }
        try {
            database.settle();
            refreshIfTouched(database, testClass);
        } catch (RuntimeException failure) {
            database.occupancy().leave(testClass);
            throw failure;
        }
    }

    private static void refreshIfTouched(ContextDatabase database, String holder) {
        if (database.isTouched()) {
            database.refresh(holder);
        }
    }

    /** JUnit runs the tests of an inner class as a part of those of the class around it. */
    private static Class<?> outermost(Class<?> testClass) {
        Class<?> around = testClass.getEnclosingClass();
        return around == null || Modifier.isStatic(testClass.getModifiers()) ? testClass : outermost(around);
    }

    private static Refresh refresh(TestContext test) {
        return Optional.ofNullable(
                        TestContextAnnotationUtils.findMergedAnnotation(test.getTestClass(), PaddockTest.class))
                .map(PaddockTest::refresh)
                .orElse(Refresh.NEVER);
    }

    private static ContextDatabase database(TestContext test) {
        return test.getApplicationContext().getBean(ContextDatabase.BEAN, ContextDatabase.class);
    }

    private static String method(TestContext test) {
        return test.getTestClass().getName() + "." + test.getTestMethod().getName();
    }
}
