package dev.paddock.spring;

import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Who uses a database that is refreshed: one test class at a time, and of it one method at a time if each begins afresh. Thread-safe. */
final class Occupancy {
    private @Nullable Class<?> testClass;
    private @Nullable String method;

    /**
     * @return whether this class has just come; one that is nested in the class that is here belongs to it
     * @throws IllegalStateException if another one is using the database
     */
    synchronized boolean enter(Class<?> newClass) {
        Class<?> here = testClass;
        if (here == null) {
            testClass = newClass;
            return true;
        }
        if (!isPartOf(newClass, here)) {
            throw refused(newClass.getName(), here.getName());
        }
        return false;
    }

    /** JUnit runs the tests of an inner class as a part of those of the class around it, or of each class that inherits it. */
    private static boolean isPartOf(Class<?> newClass, Class<?> here) {
        if (newClass == here) {
            return true;
        }
        Class<?> inner = newClass;
        while (inner.getEnclosingClass() != null && !Modifier.isStatic(inner.getModifiers())) {
            inner = inner.getEnclosingClass();
            if (inner.isAssignableFrom(here)) {
                return true;
            }
        }
        return false;
    }

    synchronized void leave(Class<?> oldClass) {
        if (oldClass == testClass) {
            testClass = null;
            method = null;
        }
    }

    /** @throws IllegalStateException if another method is running */
    synchronized void begin(String newMethod) {
        if (method != null) {
            throw refused(newMethod, method);
        }
        method = newMethod;
    }

    synchronized void end(String oldMethod) {
        if (oldMethod.equals(method)) {
            method = null;
        }
    }

    private static IllegalStateException refused(String asking, String using) {
        return new IllegalStateException(asking + " can't have the context's database refreshed while " + using
                + " uses it: run them one after the other with @ResourceLock(\"paddock\") on the classes"
                + " or @Execution(SAME_THREAD), or say @PaddockTest(refresh = Refresh.NEVER)");
    }
}
