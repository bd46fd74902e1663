package dev.paddock.wire;

import dev.paddock.model.PostgresVersion;
import java.util.HashMap;
import java.util.Map;

/**
 * As whom a session begins, and in which database.
 *
 * @param settings that hold for the session whatever the server, the database or the user has, by name
 */
public record Login(String user, String database, Map<String, String> settings) {
    private static final Map<String, String> OF_OWNERS = Map.of(
            "default_transaction_isolation", "read committed",
            "default_transaction_read_only", "off",
            "idle_in_transaction_session_timeout", "0",
            "idle_session_timeout", "0",
            "local_preload_libraries", "",
            "lock_timeout", "0",
            "role", "none",
            "search_path", "pg_catalog",
            "statement_timeout", "0");

    public Login {
        settings = Map.copyOf(settings);
    }

    /** With the settings that everybody has there. */
    public static Login of(String user, String database) {
        return new Login(user, database, Map.of());
    }

    /**
     * For Paddock's own work: what is set for the sessions of users neither keeps it from writing, nor ends it, nor has it read anything but the
     * catalog.
     */
    public static Login ofOwner(String user, String database) {
        return new Login(user, database, OF_OWNERS);
    }

    /** The same as a superuser, in whose session nothing runs that was set to either. */
    public static Login ofOwner(String superuser, String database, PostgresVersion version) {
        Map<String, String> settings = new HashMap<>(OF_OWNERS);
        settings.put("session_preload_libraries", "");
        if (version.major() >= 17) {
            settings.put("transaction_timeout", "0");
            settings.put("event_triggers", "off");
        }
        return new Login(superuser, database, settings);
    }
}
