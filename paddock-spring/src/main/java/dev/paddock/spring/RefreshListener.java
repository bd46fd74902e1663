package dev.paddock.spring;

import dev.paddock.failure.FailedTest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Refreshes contexts' databases for classes and methods that want it, and tells what failed tests leave. Found by Spring in {@code META-INF/spring.factories}. */
final class RefreshListener implements TestExecutionListener, Ordered {
    /** After contexts that are to be thrown away are, and before transactions begin and scripts of {@code @Sql} run. */
    private static final int ORDER = 3500;

    private static final String BEGUN = RefreshListener.class.getName() + ".begun";
    /** What frameworks throw for a test that isn't to run. */
    private static final Set<String> ABORTED =
            Set.of("TestAbortedException", "AssumptionViolatedException", "SkipException");

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
        test.setAttribute(BEGUN, Instant.now());
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
        reportFailure(test);
        if (refresh(test) == Refresh.METHOD && test.hasApplicationContext()) {
            database(test).occupancy().end(method(test));
        }
    }

    @Override
    public void afterTestClass(TestContext test) {
        if (refresh(test) != Refresh.NEVER && test.hasApplicationContext()) {
            database(test).occupancy().leave(test.getTestClass());
        }
    }

    private static void reportFailure(TestContext test) {
        Throwable failure = test.getTestException();
        if (failure != null
                && asked(test).isPresent()
                && !ABORTED.contains(failure.getClass().getSimpleName())
                && test.getAttribute(BEGUN) instanceof Instant begun
                && test.hasApplicationContext()) {
            FailedTest name =
                    FailedTest.of(test.getTestClass(), test.getTestMethod().getName());
            database(test).reportFailure(name, failure, begun);
        }
    }

    private static void enter(ContextDatabase database, TestContext test) {
        Class<?> testClass = test.getTestClass();
        if (!database.occupancy().enter(testClass)) {
            return;
        }
        try {
            database.settle();
            refreshIfTouched(database, testClass.getName());
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

    private static Refresh refresh(TestContext test) {
        return asked(test).map(PaddockTest::refresh).orElse(Refresh.NEVER);
    }

    private static Optional<PaddockTest> asked(TestContext test) {
        return Optional.ofNullable(
                TestContextAnnotationUtils.findMergedAnnotation(test.getTestClass(), PaddockTest.class));
    }

    private static ContextDatabase database(TestContext test) {
        return test.getApplicationContext().getBean(ContextDatabase.BEAN, ContextDatabase.class);
    }

    private static String method(TestContext test) {
        return test.getTestClass().getName() + "." + test.getTestMethod().getName();
    }
}
