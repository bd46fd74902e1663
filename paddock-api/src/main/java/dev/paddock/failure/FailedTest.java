package dev.paddock.failure;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What people call a test or a class.
 *
 * @param type the whole name of the class
 * @param shortType the same without its package: {@code OrdersTest.Refunds}
 * @param test the method, and which invocation of it if there are several; empty for a class
 */
public record FailedTest(String type, String shortType, String test) {
    private static final int LONGEST_FILE = 120;
    /** Leaves room for a number. */
    private static final int LONGEST_SERVER = 38;

    /** @param test the method, and which invocation of it if there are several; empty for a class */
    public static FailedTest of(Class<?> type, String test) {
        String name = type.getName().replace('$', '.');
        String inPackage = type.getPackageName();
        return new FailedTest(name, inPackage.isEmpty() ? name : name.substring(inPackage.length() + 1), test);
    }

    /** Where reports of it are, among those of others. */
    Path folder(Path reports) {
        return reports.resolve(plain(type, LONGEST_FILE)).resolve(test.isEmpty() ? "class" : plain(test, LONGEST_FILE));
    }

    /**
     * What a server with a database of this test's is called; the same in each run.
     *
     * @param database which of its databases, if it has several
     */
    String serverName(String database) {
        String whole = plain("failed-" + shortType + "-" + test + "-" + database, Integer.MAX_VALUE)
                .replace('.', '-');
        return whole.length() <= LONGEST_SERVER
                ? whole
                : plain(whole, LONGEST_SERVER - 9) + String.format(Locale.ROOT, "-%08x", whole.hashCode());
    }

    /** Fit for the name of a file. */
    public static String plain(String text, int longest) {
        String plain = text.replaceAll("[^A-Za-z0-9_.]+", "-").replaceAll("^[-.]+|[-.]+$", "");
        return plain.length() <= longest ? plain : plain.substring(0, longest).replaceAll("[-.]+$", "");
    }

    @Override
    public String toString() {
        return test.isEmpty() ? shortType : shortType + "." + test;
    }
}
