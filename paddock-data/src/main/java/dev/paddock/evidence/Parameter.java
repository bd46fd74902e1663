package dev.paddock.evidence;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** How a parameter is kept: by reference if it can't change and is small, otherwise as a copy of its beginning or a few words. */
final class Parameter {
    /** So many characters of a statement or of a parameter are kept. */
    static final int LONGEST = 10_000;

    private static final int BYTES = 64;
    private static final int ELEMENTS = 100;
    private static final String UNSET = "<not set>";

    private Parameter() {}

    // JDBC's own dates and times are java.util.Dates, which can change.
    @SuppressWarnings("JavaUtilDate")
    static @Nullable Object capture(@Nullable Object value) {
        if (value instanceof String text) {
            return cut(text);
        }
        if (value == null || isImmutable(value)) {
            return value;
        }
        if (value instanceof Date date) {
            return date.clone();
        }
        if (value instanceof byte[] bytes) {
            return new Bytes(Arrays.copyOf(bytes, Math.min(bytes.length, BYTES)), bytes.length);
        }
        if (value instanceof PGobject object) {
            String text = object.getValue();
            return text == null ? null : cut(text);
        }
        if (value instanceof java.sql.Array array) {
            // The driver itself makes this text to send it.
            return cut(String.valueOf(array));
        }
        return value.getClass().isArray()
                ? new Described(elements(value))
                : new Described(value.getClass().getSimpleName());
    }

    /** For values that are gone once they are sent. */
    static Object streamed(@Nullable Object length) {
        return new Described(length instanceof Number number ? "stream of " + number : "stream");
    }

    /** What a parameter holds that wasn't set. */
    static Object unset() {
        return new Described(UNSET);
    }

    /** As SQL would write it. */
    static String text(@Nullable Object captured) {
        if (captured == null) {
            return "NULL";
        }
        if (captured instanceof Number || captured instanceof Boolean || captured instanceof Described) {
            return captured.toString();
        }
        return quoted(captured.toString());
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }

    private static boolean isImmutable(Object value) {
        return (value instanceof Number && value.getClass().getName().startsWith("java.lang."))
                || value instanceof Boolean
                || value instanceof BigDecimal
                || value instanceof BigInteger
                || value instanceof UUID
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof TemporalAccessor;
    }

    private static String elements(Object array) {
        int length = Array.getLength(array);
        StringBuilder text = new StringBuilder("{");
        for (int index = 0; index < Math.min(length, ELEMENTS); index++) {
            text.append(index == 0 ? "" : ",").append(text(capture(Array.get(array, index))));
        }
        return cut(text.append(length > ELEMENTS ? ",… (" + length + " elements)}" : "}")
                .toString());
    }

    /** Words that are no literal. */
    private record Described(String words) {
        @Override
        public String toString() {
            return words;
        }
    }

    /** The beginning of a byte array. */
    private static final class Bytes {
        private final byte[] head;
        private final int length;

        Bytes(byte[] head, int length) {
            this.head = head;
            this.length = length;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(2 * head.length + 24).append("\\x");
            for (byte each : head) {
                text.append(Character.forDigit(each >> 4 & 0xf, 16)).append(Character.forDigit(each & 0xf, 16));
            }
            return text.append(length > head.length ? "… (" + length + " bytes)" : "")
                    .toString();
        }
    }
}
