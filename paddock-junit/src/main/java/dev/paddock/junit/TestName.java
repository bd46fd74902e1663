package dev.paddock.junit;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What people call a test or a class.
 *
 * @param type the class with those that it is nested in: {@code OrdersTest.Refunds}
 * @param test the method, and which invocation of it if there are several; empty for a class
 */
record TestName(String type, String test) {
    private static final int LONGEST_SERVER_NAME = 41;

    static TestName of(ExtensionContext context) {
        String type = context.getTestClass().map(TestName::nested).orElse("");
        Optional<Method> method = context.getTestMethod();
        if (method.isEmpty()) {
            return new TestName(type, "");
        }
        String plain = method.get().getName();
        String shown = context.getDisplayName();
        boolean said = shown.equals(plain) || shown.startsWith(plain + "(");
        return new TestName(type, said ? plain : plain + " " + shown);
    }

    private static String nested(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : nested(outer) + "." + type.getSimpleName();
    }

    /** What a server with a database of this test's is called; short enough, and the same in each run. */
    String serverName(String database) {
        String whole =
                "failed-" + plain(type + "-" + test + (database.isEmpty() ? "" : "-" + database), Integer.MAX_VALUE);
        return whole.length() <= LONGEST_SERVER_NAME
                ? whole
                : plain(whole, LONGEST_SERVER_NAME - 9) + "-" + String.format("%08x", whole.hashCode());
    }

    /** Fit for a file, or part of a server's name. */
    static String plain(String text, int longest) {
        String plain = text.replaceAll("[^A-Za-z0-9_]+", "-").replaceAll("^-+|-+$", "");
        return plain.length() <= longest ? plain : plain.substring(0, longest).replaceAll("-+$", "");
    }

    @Override
    public String toString() {
        return test.isEmpty() ? type : type + "." + test;
    }
}
