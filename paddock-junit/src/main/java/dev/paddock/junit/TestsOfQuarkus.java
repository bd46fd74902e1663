package dev.paddock.junit;

import dev.paddock.model.InvalidSpecException;
import java.lang.annotation.Annotation;

/**
 * Quarkus runs its tests in a class loader of its own, on an instance that isn't JUnit's, unless it has had JUnit load the classes of tests
 * there already, as newer versions do. Known by its names alone.
 */
final class TestsOfQuarkus {
    private static final String ANNOTATIONS = "io.quarkus.test.junit.";
    private static final String CLASS_LOADERS = "io.quarkus.";

    private TestsOfQuarkus() {}

    /** @throws InvalidSpecException if what this class's tests were given would never reach them */
    static void requireReachable(Class<?> type) {
        if (isOfQuarkus(type) && !type.getClassLoader().getClass().getName().startsWith(CLASS_LOADERS)) {
            throw new InvalidSpecException(
                    "a test of this version of Quarkus runs in another class loader, where no database reaches it",
                    "give Quarkus the database by its configuration, for the profile test:"
                            + " quarkus.datasource.jdbc.url=jdbc:paddock:18:///shop and"
                            + " quarkus.datasource.jdbc.driver=dev.paddock.jdbc.PaddockDriver");
        }
    }

    private static boolean isOfQuarkus(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            for (Annotation annotation : each.getAnnotations()) {
                if (annotation.annotationType().getName().startsWith(ANNOTATIONS)) {
                    return true;
                }
            }
        }
        return false;
    }
}
