package dev.paddock.stack;

import dev.paddock.model.InvalidSpecException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What <code>${NAME}</code> in a file stands for: the reader's environment. */
record Variables(Map<String, String> environment) {
    private static final Pattern USE = Pattern.compile("\\$\\$|\\$\\{([^}]*)}?");
    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

    /**
     * With all of them replaced; <code>$$</code> is one dollar.
     *
     * @throws InvalidSpecException if one has no value and no default
     */
    String in(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        return USE.matcher(text)
                .replaceAll(use -> Matcher.quoteReplacement(use.group().equals("$$") ? "$" : value(use.group())));
    }

    private String value(String use) {
        Matcher name = NAME.matcher(use.endsWith("}") ? use.substring(2, use.length() - 1) : "");
        if (!name.matches()) {
            throw new InvalidSpecException(
                    "'" + use + "' names no variable", "write it as ${NAME} or ${NAME:-default}; a dollar alone is $$");
        }
        String value = environment.getOrDefault(name.group(1), "");
        if (!value.isEmpty()) {
            return value;
        }
        if (name.group(2) == null) {
            throw new InvalidSpecException(
                    "the variable " + name.group(1) + " is not set",
                    "set it, or give a default: ${" + name.group(1) + ":-…}");
        }
        return name.group(2);
    }
}
