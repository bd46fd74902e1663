package dev.paddock.script;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code \connect}: to another database of the same server, perhaps as another user. */
final class Connect {
    private final ScriptSession session;

    Connect(ScriptSession session) {
        this.session = session;
    }

    void run(CommandLine command) throws IOException {
        List<String> words = words(command);
        String where = words.isEmpty() ? "" : words.get(0);
        String user = words.size() > 1 ? words.get(1) : "";
        boolean elsewhere = words.stream().skip(2).anyMatch(word -> !isSame(word));
        if (where.contains("://")) {
            elsewhere = true;
        } else if (where.contains("=")) {
            String text = where;
            elsewhere |= List.of("host", "hostaddr", "port", "service").stream()
                    .anyMatch(key -> !parameter(text, key).isEmpty());
            user = parameter(text, "user");
            where = parameter(text, "dbname");
        }
        if (elsewhere) {
            throw command.refused("connects to another server", "leave only the database and the user");
        }
        session.reconnect(isSame(user) ? session.user() : user, isSame(where) ? session.database() : where);
    }

    private static List<String> words(CommandLine command) throws IOException {
        List<String> words = new ArrayList<>();
        for (Optional<String> word = command.sqlName(); word.isPresent(); word = command.sqlName()) {
            words.add(word.get());
        }
        if (!words.isEmpty() && words.get(0).startsWith("-reuse-previous")) {
            words.remove(0);
        }
        return words;
    }

    private static boolean isSame(String word) {
        return word.isEmpty() || word.equals("-");
    }

    /** The value of a key in {@code dbname='my db' host=h}, in which a backslash makes the next character plain; else empty. */
    static String parameter(String text, String wanted) {
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                return "";
            }
            String key = text.substring(at, equals).strip();
            StringBuilder value = new StringBuilder();
            at = equals + 1;
            boolean quoted = at < text.length() && text.charAt(at) == '\'';
            at += quoted ? 1 : 0;
            while (at < text.length() && text.charAt(at) != (quoted ? '\'' : ' ')) {
                at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
                value.append(text.charAt(at++));
            }
            at++;
            if (key.equals(wanted)) {
                return value.toString();
            }
        }
        return "";
    }
}
