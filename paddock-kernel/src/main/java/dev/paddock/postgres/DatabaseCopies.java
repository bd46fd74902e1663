package dev.paddock.postgres;

import dev.paddock.snapshot.Draft;
import dev.paddock.wire.Quoted;
import dev.paddock.wire.WireConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a server know of copies of one of its databases whose files will be put there once it is shut down. To PostgreSQL a
 * database is a row in a catalog and a folder of files that don't tell whose they are, which is what its own file-copying
 * CREATE DATABASE relies on; here the folder is filled by links.
 *
 * @param database the original; nobody may be connected to a copy before its files are there
 */
public record DatabaseCopies(String database, int count) {
    private static final int MOST = 50;
    /** To link a file takes microseconds, to start a server tens of milliseconds. */
    private static final int MOST_FILES = 100_000;
    /** Numbers that PostgreSQL, counting from 16384, hardly comes to; and it skips those that are taken. */
    private static final long FIRST_OID = 3_000_000_000L;

    private static final String REST = "objsubid, refclassid, refobjid, deptype";
    private static final String DEPENDENCY = "dbid, classid, objid, " + REST;

    /** How many copies are worth making of a template of so many files. */
    public static int worthwhile(int files) {
        return Math.max(4, Math.min(MOST, MOST_FILES / Math.max(1, files)));
    }

    public Draft.Duplication register(WireConnection control) {
        String oid = control.cell("SELECT oid FROM pg_database WHERE datname = " + Quoted.literal(database));
        String columns = control.cell(
                "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid ="
                        + " 'pg_database'::regclass AND attnum > 0 AND NOT attisdropped"
                        + " AND attname NOT IN ('oid', 'datname')");
        long first = firstFor(Long.parseLong(oid));
        String copy = first + " + n";
        control.execute("BEGIN;"
                + insert(
                        "pg_database",
                        "oid, datname, " + columns,
                        "(" + copy + ")::oid, datname || '_' || n, " + columns)
                + " WHERE oid = " + oid + ";"
                // Roles that own things in the original own the same in the copies.
                + insert("pg_shdepend", DEPENDENCY, "(" + copy + ")::oid, classid, objid, " + REST) + " WHERE dbid = "
                + oid
                + ";"
                + insert("pg_shdepend", DEPENDENCY, "dbid, classid, (" + copy + ")::oid, " + REST)
                + " WHERE dbid = 0 AND classid = 'pg_database'::regclass AND objid = " + oid + ";"
                // What a migration set for its database is to hold in the copies.
                + insert(
                        "pg_db_role_setting",
                        "setdatabase, setrole, setconfig",
                        "(" + copy + ")::oid, setrole, setconfig")
                + " WHERE setdatabase = " + oid + ";COMMIT");
        List<String> folders = new ArrayList<>();
        for (int n = 1; n <= count; n++) {
            folders.add(Long.toString(first + n));
        }
        return new Draft.Duplication("base/" + oid, folders);
    }

    /** An original may be a copy itself, of an earlier template: copies of it have the other half of the numbers. */
    private static long firstFor(long original) {
        return original > FIRST_OID && original <= FIRST_OID + MOST ? FIRST_OID + MOST : FIRST_OID;
    }

    /** The folders of all copies that there are on a server but {@code database}'s, below the data directory. */
    public static Set<String> foldersExcept(String database, WireConnection control) {
        Set<String> folders = new HashSet<>();
        for (List<Optional<String>> row :
                control.query("SELECT 'base/' || oid FROM pg_database WHERE " + otherCopies("oid", database))) {
            folders.add(row.get(0).orElseThrow());
        }
        return folders;
    }

    /** Makes a server forget the copies whose folders were left out. */
    public static void forgetExcept(String database, WireConnection control) {
        control.execute("DELETE FROM pg_shdepend WHERE " + otherCopies("dbid", database)
                + " OR classid = 'pg_database'::regclass AND dbid = 0 AND " + otherCopies("objid", database)
                + ";DELETE FROM pg_db_role_setting WHERE " + otherCopies("setdatabase", database)
                + ";DELETE FROM pg_database WHERE " + otherCopies("oid", database));
    }

    /** Gives a copy the cache that PostgreSQL has made of the catalog of the one before it. */
    public static void handOnCatalogCache(Path data, int copy) {
        CatalogCache.handOn(data, FIRST_OID + copy, FIRST_OID + copy + 1);
    }

    private static String otherCopies(String column, String database) {
        return column + " > " + FIRST_OID + " AND " + column + " <= " + (FIRST_OID + 2 * MOST) + " AND " + column
                + " IS DISTINCT FROM (SELECT oid FROM pg_database WHERE datname = " + Quoted.literal(database) + ")";
    }

    private String insert(String catalog, String columns, String values) {
        return "INSERT INTO " + catalog + " (" + columns + ") SELECT " + values + " FROM " + catalog
                + ", generate_series(1, " + count + ") AS n";
    }
}
