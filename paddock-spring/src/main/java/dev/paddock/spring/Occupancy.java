package dev.paddock.spring;

import org.jspecify.annotations.Nullable;

/** Who uses a database that is refreshed: one test class at a time, and of it one method at a time if each begins afresh. Thread-safe. */
final class Occupancy {
    private @Nullable String testClass;
    private @Nullable String method;

    /**
     * @return whether this class has just come
     * @throws IllegalStateException if another one is using the database
     */
    synchronized boolean enter(String newClass) {
        if (newClass.equals(testClass)) {
            return false;
        }
        if (testClass != null) {
            throw refused(newClass, testClass);
        }
        testClass = newClass;
        return true;
    }

    synchronized void leave(String oldClass) {
        if (oldClass.equals(testClass)) {
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
