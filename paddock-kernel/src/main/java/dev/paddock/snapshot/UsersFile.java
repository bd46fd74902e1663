package dev.paddock.snapshot;

import java.util.regex.Pattern;

/**
 * A file that a user has put into a data directory, such as the key of a certificate: PostgreSQL itself keeps no other files beside its
 * folders than those known here.
 */
public final class UsersFile {
    private static final Pattern OF_POSTGRES = Pattern.compile(
            "PG_VERSION|.*\\.conf|postmaster\\..*|current_logfiles.*|backup_.*|tablespace_map.*|.*\\.signal");

    private UsersFile() {}

    /** @param name relative to the data directory */
    public static boolean is(String name) {
        return name.indexOf('/') < 0 && !OF_POSTGRES.matcher(name).matches();
    }
}
