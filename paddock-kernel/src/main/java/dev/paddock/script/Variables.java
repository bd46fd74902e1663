package dev.paddock.script;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * psql's variables: those that a script sets, and those that psql itself obeys or tells something by. Not thread-safe.
 */
final class Variables {
    /** A script that doubles one some dozen times would fill all memory. */
    private static final int LONGEST = 64 << 20;

    /** Those that tell how the last statement went. */
    static final Set<String> OF_THE_LAST_STATEMENT =
            Set.of("ERROR", "SQLSTATE", "ROW_COUNT", "LAST_ERROR_SQLSTATE", "LAST_ERROR_MESSAGE");

    private static final String ON_ERROR_STOP = "ON_ERROR_STOP";
    private static final String ON_ERROR_ROLLBACK = "ON_ERROR_ROLLBACK";
    private static final String AUTOCOMMIT = "AUTOCOMMIT";
    /** Those that psql would change its way of reading for, in a way that is for people at a prompt. */
    private static final List<String> FOR_PROMPTS = List.of("SINGLELINE", "SINGLESTEP");

    private static final Map<String, Boolean> SWITCHES =
            Map.of(ON_ERROR_STOP, true, AUTOCOMMIT, true, "QUIET", false, "SINGLELINE", false, "SINGLESTEP", false);

    private final Map<String, String> values = new HashMap<>();

    Variables() {
        SWITCHES.forEach((name, on) -> values.put(name, on ? "on" : "off"));
        values.put(ON_ERROR_ROLLBACK, "off");
        succeeded("");
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws IllegalArgumentException saying why not, if the variable can't be called so, or can't have this value */
    void set(String name, String value) {
        if (!isName(name)) {
            throw new IllegalArgumentException("invalid variable name: \"" + name + "\"");
        }
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the value of \"" + name + "\" is longer than " + LONGEST + " characters");
        }
        values.put(name, checked(name, value));
    }

    /** As {@link #set}; of those that psql obeys, the value becomes that which switches it off. */
    void unset(String name) {
        if (SWITCHES.containsKey(name) || name.equals(ON_ERROR_ROLLBACK)) {
            values.put(name, "off");
        } else {
            values.remove(name);
        }
    }

    private static String checked(String name, String value) {
        if (name.equals(ON_ERROR_ROLLBACK) && value.equalsIgnoreCase("interactive")) {
            // Nobody sits at a prompt here.
            return "off";
        }
        if (!SWITCHES.containsKey(name) && !name.equals(ON_ERROR_ROLLBACK)) {
            return value;
        }
        boolean on = value.isEmpty()
                || isTrue(value)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "unrecognized value \"" + value + "\" for \"" + name + "\": Boolean expected"));
        if (on && FOR_PROMPTS.contains(name)) {
            throw new IllegalArgumentException(name + " is for people at a prompt");
        }
        return on ? "on" : "off";
    }

    /** What psql takes a word for: a beginning of true, false, yes, no; on, off, 1, 0; empty if it is none of these. */
    static Optional<Boolean> isTrue(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
            return Optional.empty();
        }
        if ("true".startsWith(lower) || "yes".startsWith(lower) || lower.equals("on") || lower.equals("1")) {
            return Optional.of(true);
        }
        boolean off = lower.length() > 1 && "off".startsWith(lower);
        return "false".startsWith(lower) || "no".startsWith(lower) || off || lower.equals("0")
                ? Optional.of(false)
                : Optional.empty();
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= 0x80 || c == '_' || Character.isLetterOrDigit(c));
    }

    /** Whether a name is one that psql obeys, which the answers to statements can't change. */
    static boolean isObeyed(String name) {
        return SWITCHES.containsKey(name) || name.equals(ON_ERROR_ROLLBACK);
    }

    boolean stopsOnError() {
        return isOn(ON_ERROR_STOP);
    }

    boolean rollsBackErrors() {
        return isOn(ON_ERROR_ROLLBACK);
    }

    boolean commitsEachStatement() {
        return isOn(AUTOCOMMIT);
    }

    private boolean isOn(String name) {
        return "on".equals(values.get(name));
    }

    /** Tells the script that a statement was carried out, and by its tag how many rows it was about. */
    void succeeded(String tag) {
        values.put("ERROR", "false");
        values.put("SQLSTATE", "00000");
        String last = tag.substring(tag.lastIndexOf(' ') + 1);
        values.put("ROW_COUNT", last.isEmpty() || !Character.isDigit(last.charAt(0)) ? "0" : last);
    }

    /** Tells the script that a statement was refused. */
    void failed(String sqlState, String message) {
        values.put("ERROR", "true");
        values.put("SQLSTATE", sqlState);
        values.put("ROW_COUNT", "0");
        values.put("LAST_ERROR_SQLSTATE", sqlState);
        values.put("LAST_ERROR_MESSAGE", message);
    }
}
