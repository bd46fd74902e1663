package dev.paddock.spring;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestContextManager;

/** Takes a sample test class through its life as JUnit does, one step at a time. */
final class SampleRun implements AutoCloseable {
    private final TestContextManager manager;
    private final Object instance;

    private SampleRun(Class<?> sample) throws Exception {
        manager = new TestContextManager(sample);
        instance = sample.getDeclaredConstructor().newInstance();
        manager.beforeTestClass();
    }

    static SampleRun of(Class<?> sample) throws Exception {
        return new SampleRun(sample);
    }

    /** What one test does with the context's beans. */
    interface Body<T> {
        T run(JdbcTemplate jdbc) throws Exception;
    }

    <T> T test(Body<T> body) throws Exception {
        return test("first", body);
    }

    <T> T test(String name, Body<T> body) throws Exception {
        Method method = Stream.of(instance.getClass(), Samples.class)
                .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        manager.prepareTestInstance(instance);
        manager.beforeTestMethod(instance, method);
        try {
            return body.run(jdbc());
        } finally {
            manager.afterTestMethod(instance, method, null);
        }
    }

    ApplicationContext context() {
        return manager.getTestContext().getApplicationContext();
    }

    /** As {@code @DirtiesContext} does. */
    void throwContextAway() {
        manager.getTestContext().markApplicationContextDirty(DirtiesContext.HierarchyMode.EXHAUSTIVE);
    }

    JdbcTemplate jdbc() {
        return context().getBean(JdbcTemplate.class);
    }

    static List<String> ponies(JdbcTemplate jdbc) {
        return jdbc.queryForList("SELECT name FROM pony ORDER BY id", String.class);
    }

    @Override
    public void close() throws Exception {
        manager.afterTestClass();
    }
}
