package dev.paddock.script;

import dev.paddock.wire.ServerErrorException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a dump of another server is let through although the server refuses a statement of it. A dump names the roles that own
 * and use things; they are made here, unable to log in, when first missed. Besides, what is there already may be there: the
 * role that runs the script, the database that was asked for; and a setting that only newer servers know may be set to
 * nothing. Not thread-safe.
 */
final class Leniency {
    /** What can be done about a refused statement. */
    enum Remedy {
        NONE,
        RETRY,
        LEAVE_OUT
    }

    private static final String UNDEFINED_OBJECT = "42704";
    private static final String DUPLICATE_OBJECT = "42710";
    private static final String OBJECT_IN_USE = "55006";
    private static final String DUPLICATE_DATABASE = "42P04";

    private final ScriptSession session;

    Leniency(ScriptSession session) {
        this.session = session;
    }

    Remedy remedy(Statement statement, ServerErrorException error) {
        if (session.connection().isInTransaction()) {
            return Remedy.NONE;
        }
        String[] words = words(statement.head());
        return switch (error.sqlState()) {
            case UNDEFINED_OBJECT -> undefined(words, statement, error);
            case DUPLICATE_OBJECT -> leaveOutIf(isBareCreateRole(words), statement, error);
            case OBJECT_IN_USE -> leaveOutIf(words[0].equals("DROP") && isRole(words[1]), statement, error);
            case DUPLICATE_DATABASE ->
                leaveOutIf(
                        quoted(error.serverMessage())
                                .equals(Optional.of(session.target().database())),
                        statement,
                        error);
            default -> Remedy.NONE;
        };
    }

    private Remedy undefined(String[] words, Statement statement, ServerErrorException error) {
        if (words.length == 4 && words[0].equals("SET") && words[1].equals("TRANSACTION_TIMEOUT")) {
            return leaveOutIf(true, statement, error);
        }
        Optional<String> role = quoted(error.serverMessage());
        if (role.isEmpty() || !error.serverMessage().startsWith("role \"") || !usesRoles(words)) {
            return Remedy.NONE;
        }
        session.connection().execute("CREATE ROLE \"" + role.get().replace("\"", "\"\"") + "\" NOLOGIN");
        session.listener().roleCreated(role.get());
        return Remedy.RETRY;
    }

    private Remedy leaveOutIf(boolean harmless, Statement statement, ServerErrorException error) {
        if (harmless) {
            session.listener().leftOut(statement.excerpt(session.connection().charset()), error.serverMessage());
            return Remedy.LEAVE_OUT;
        }
        return Remedy.NONE;
    }

    /** Whether a missing role is one that owns, uses or is granted something, not one that is itself the matter. */
    private static boolean usesRoles(String[] words) {
        String second = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "GRANT", "REVOKE" -> true;
            case "ALTER" -> !isRole(second);
            case "CREATE" ->
                second.equals("POLICY")
                        || second.equals("SCHEMA")
                        || second.equals("DATABASE")
                        || (second.equals("USER") && words.length > 2 && words[2].equals("MAPPING"));
            default -> false;
        };
    }

    /** As pg_dumpall writes it, which sets the role's attributes by a statement of their own. */
    private static boolean isBareCreateRole(String[] words) {
        return words.length == 3 && words[0].equals("CREATE") && isRole(words[1]);
    }

    private static boolean isRole(String word) {
        return word.equals("ROLE") || word.equals("USER") || word.equals("GROUP");
    }

    private static Optional<String> quoted(String message) {
        int first = message.indexOf('"');
        int last = message.lastIndexOf('"');
        return first < 0 || first == last ? Optional.empty() : Optional.of(message.substring(first + 1, last));
    }

    private static String[] words(String head) {
        return head.strip().toUpperCase(Locale.ROOT).split("\\s+");
    }
}
