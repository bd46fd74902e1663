package dev.paddock.script;

import dev.paddock.wire.Quoted;
import dev.paddock.wire.ServerErrorException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a dump of another server is let through although the server refuses a statement of it. A dump names the roles that own
 * and use things; they are made here, unable to log in, when first missed. Besides, what is there already may be there: the
 * role that runs the script, the database that was asked for; and a setting that only newer servers know may be set to
 * nothing. What a dump would first drop may be absent, since the server is new. And the database that the script is in may be
 * dropped: psql's users connect to another one for that. Not thread-safe.
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
    /** Database, schema, table, function. */
    private static final Set<String> ABSENT = Set.of("3D000", "3F000", "42P01", "42883", UNDEFINED_OBJECT);

    private static final String DEPENDENT_OBJECTS = "2BP01";

    private final ScriptSession session;
    private final boolean isDump;

    /** @param isDump whether pg_dump or pg_dumpall wrote the script */
    Leniency(ScriptSession session, boolean isDump) {
        this.session = session;
        this.isDump = isDump;
    }

    /** Whether a dump of a whole server would take from the role that runs it what it needs for the rest. */
    boolean disarms(Statement statement) {
        if (!isDump || !statement.startsWith("ALTER")) {
            return false;
        }
        String head = statement.head();
        String role = session.target().user();
        boolean own = head.startsWith("ALTER ROLE " + role + " WITH ")
                || head.startsWith("ALTER ROLE " + Quoted.identifier(role) + " WITH ");
        if (own && head.contains(" NOSUPERUSER ")) {
            leaveOutIf(true, statement, "the script is run by this role");
            return true;
        }
        return false;
    }

    Remedy remedy(Statement statement, ServerErrorException error) {
        if (session.connection().isInTransaction()) {
            return Remedy.NONE;
        }
        String[] words = statement.words();
        if (isDump && isRemoval(words) && ABSENT.contains(error.sqlState())) {
            return leaveOutIf(true, statement, error);
        }
        return switch (error.sqlState()) {
            case UNDEFINED_OBJECT -> undefined(words, statement, error);
            case DUPLICATE_OBJECT -> leaveOutIf(isBareCreateRole(words), statement, error);
            case OBJECT_IN_USE -> inUse(words, statement, error);
            case DEPENDENT_OBJECTS -> leaveOutIf(isDump && isDropOf(words, "ROLE"), statement, error);
            case DUPLICATE_DATABASE ->
                leaveOutIf(
                        quoted(error.serverMessage())
                                .equals(Optional.of(session.target().database())),
                        statement,
                        error);
            default -> Remedy.NONE;
        };
    }

    private Remedy inUse(String[] words, Statement statement, ServerErrorException error) {
        if (isDropOf(words, "DATABASE") && names(statement, session.database())) {
            session.leaveDatabase();
            return Remedy.RETRY;
        }
        return leaveOutIf(words.length > 1 && words[0].equals("DROP") && isRole(words[1]), statement, error);
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
        return leaveOutIf(harmless, statement, error.serverMessage());
    }

    private Remedy leaveOutIf(boolean harmless, Statement statement, String why) {
        if (harmless) {
            session.listener().leftOut(statement.excerpt(session.connection().charset()), why);
            return Remedy.LEAVE_OUT;
        }
        return Remedy.NONE;
    }

    /** Whether a missing role is one that owns, uses or is granted something, not one that is itself the matter. */
    private static boolean usesRoles(String[] words) {
        String second = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "GRANT", "REVOKE" -> true;
            // What a dump of a database says of a role within that.
            case "ALTER" ->
                !isRole(second) || (words.length > 4 && words[3].equals("IN") && words[4].equals("DATABASE"));
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

    /** Whether a statement has this name in it; messages of the server may be in any language. */
    private static boolean names(Statement statement, String name) {
        String head = statement.head();
        return head.contains(name)
                || head.contains(name.replace("\"", "\"\""))
                || head.toLowerCase(Locale.ROOT).contains(name);
    }

    private static boolean isDropOf(String[] words, String kind) {
        return words.length > 2 && words[0].equals("DROP") && words[1].equals(kind);
    }

    /**
     * As {@code pg_dump --clean} writes it: DROP, ALTER TABLE with a DROP of a constraint, a default, a partition's place, or the call that removes
     * a large object.
     */
    private static boolean isRemoval(String[] words) {
        return words[0].equals("DROP")
                || (words.length == 2 && words[0].equals("SELECT") && words[1].startsWith("PG_CATALOG.LO_UNLINK("))
                || (words[0].equals("ALTER") && List.of(words).contains("DROP"))
                || (words[0].equals("ALTER") && List.of(words).contains("DETACH"));
    }

    private static Optional<String> quoted(String message) {
        int first = message.indexOf('"');
        int last = message.lastIndexOf('"');
        return first < 0 || first == last ? Optional.empty() : Optional.of(message.substring(first + 1, last));
    }
}
