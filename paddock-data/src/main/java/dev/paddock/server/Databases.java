package dev.paddock.server;

import dev.paddock.engine.EngineServer;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.wire.Login;
import dev.paddock.wire.Quoted;
import dev.paddock.wire.ServerErrorException;
import dev.paddock.wire.WireConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The databases of a running server, over one session of a superuser. Not thread-safe; whoever opens it closes it, and the server
 * runs on.
 *
 * <p>All methods throw {@link PaddockException} if the server refuses, or doesn't answer any more.
 */
public final class Databases implements AutoCloseable {
    /** What the untouched copy is called that a server has beside a database made from a template. */
    public static final String TEMPLATE = "paddock_template";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** To copy or remove the files of a large database takes as long as its storage needs for it. */
    private static final Duration TO_COPY = Duration.ofHours(1);

    private static final int LONGEST_NAME = 63;
    /** 14 knows no strategy: it always copies files, which for templates is three times as fast as what came later. */
    private static final int FIRST_WITH_STRATEGY = 15;

    private final WireConnection control;
    private final String owner;

    private Databases(WireConnection control, String owner) {
        this.control = control;
        this.owner = owner;
    }

    /** Of the server that a superuser can connect to so. Databases that are made belong to that user. */
    public static Databases on(ConnectionInfo server) {
        return new Databases(connect(server, Login.ofOwner(server.user(), EngineServer.MAINTENANCE)), server.user());
    }

    /** A session over TCP, with the password that is known of the server; closed by the caller. */
    public static WireConnection connect(ConnectionInfo server, Login login) {
        return WireConnection.open(
                new InetSocketAddress(server.host(), server.port()), login, server.password(), PATIENCE);
    }

    /** Over a session that stays its opener's to close. */
    public static Databases over(WireConnection control, String owner) {
        return new Databases(control, owner);
    }

    /** @throws InvalidSpecException if no database can have that name, or it is one that Paddock takes for itself */
    public static void requireName(String name) {
        if (name.isEmpty()
                || name.indexOf('\0') >= 0
                || name.indexOf('\n') >= 0
                || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new InvalidSpecException(
                    "'" + name + "' can't be the name of a database",
                    "use 1 to " + LONGEST_NAME + " bytes on one line");
        }
        if (name.startsWith(TEMPLATE)) {
            throw new InvalidSpecException(
                    "names that begin with " + TEMPLATE + " are Paddock's own", "choose another");
        }
    }

    /**
     * The template that this server's database was made from, or another of the same content.
     *
     * @return the name of a database that is marked as a template and closed to connections
     */
    public Optional<String> template() {
        return templateWhere("datname = " + Quoted.literal(TEMPLATE));
    }

    /** The same of a content, as {@link #makeTemplate} was told. */
    public Optional<String> template(String content) {
        return templateWhere("shobj_description(oid, 'pg_database') = " + Quoted.literal(content));
    }

    private Optional<String> templateWhere(String condition) {
        return control
                .query("SELECT datname FROM pg_database WHERE datistemplate AND NOT datallowconn AND "
                        + "starts_with(datname, " + Quoted.literal(TEMPLATE) + ") AND " + condition)
                .stream()
                .flatMap(row -> row.get(0).stream())
                .findFirst();
    }

    /**
     * Makes a database.
     *
     * @param template what it is a copy of, with nobody connected to it; if absent an empty one
     * @throws PaddockException if there is one of that name
     */
    public void create(String name, Optional<String> template) {
        String source = template.map(each -> " TEMPLATE " + Quoted.identifier(each) + strategy())
                .orElse("");
        try {
            control.execute(
                    "CREATE DATABASE " + Quoted.identifier(name) + " OWNER " + Quoted.identifier(owner) + source,
                    TO_COPY);
        } catch (ServerErrorException refused) {
            if (refused.sqlState().equals("42P04")) {
                throw new PaddockException(
                        "there is a database '" + name + "' already",
                        "choose another name, or remove it with: paddock database drop " + name,
                        refused);
            }
            throw refused;
        }
        template.ifPresent(each -> copySettings(each, name));
    }

    private String strategy() {
        String version = control.parameter("server_version").orElse("");
        int end = 0;
        while (end < version.length() && Character.isDigit(version.charAt(end))) {
            end++;
        }
        return end > 0 && Integer.parseInt(version.substring(0, end)) < FIRST_WITH_STRATEGY
                ? ""
                : " STRATEGY FILE_COPY";
    }

    /** What a migration set for its database is to hold in the copies; CREATE DATABASE leaves it behind. */
    private void copySettings(String template, String name) {
        control.execute("INSERT INTO pg_db_role_setting (setdatabase, setrole, setconfig)"
                + " SELECT made.oid, setrole, setconfig FROM pg_db_role_setting"
                + " JOIN pg_database original ON original.oid = setdatabase AND original.datname = "
                + Quoted.literal(template) + " JOIN pg_database made ON made.datname = " + Quoted.literal(name));
    }

    /** Makes a database a template: nobody can connect to it any more, and {@link #template(String)} finds it. */
    public void makeTemplate(String name, String content) {
        String identifier = Quoted.identifier(name);
        control.execute("COMMENT ON DATABASE " + identifier + " IS " + Quoted.literal(content));
        // The last step: whoever is killed before leaves something that isn't taken for a template.
        control.execute("ALTER DATABASE " + identifier + " WITH ALLOW_CONNECTIONS false IS_TEMPLATE true");
    }

    /**
     * Removes a database, ending the connections to it.
     *
     * @throws PaddockException if there is none, or PostgreSQL or Paddock needs it
     */
    public void drop(String name) {
        if (List.of(EngineServer.MAINTENANCE, "template0", "template1").contains(name)) {
            throw new PaddockException(
                    "the database '" + name + "' is PostgreSQL's own",
                    "leave it: other databases are made by way of it");
        }
        try {
            if (name.startsWith(TEMPLATE)) {
                control.execute("ALTER DATABASE " + Quoted.identifier(name) + " IS_TEMPLATE false");
            }
            control.execute("DROP DATABASE " + Quoted.identifier(name) + " WITH (FORCE)", TO_COPY);
        } catch (ServerErrorException refused) {
            if (refused.sqlState().equals("3D000")) {
                throw new PaddockException(
                        "there is no database '" + name + "'", "see what there is with: paddock database ls", refused);
            }
            throw refused;
        }
    }

    /** Like {@link #drop}, but content if there is none. */
    public void dropIfExists(String name) {
        boolean exists = !control.query("SELECT FROM pg_database WHERE datname = " + Quoted.literal(name))
                .isEmpty();
        if (exists) {
            drop(name);
        }
    }

    /**
     * A database as a list shows it.
     *
     * @param template whether others are made from it, and nobody connects to it
     * @param bytes what its files take up
     */
    public record Entry(String name, boolean template, int connections, long bytes) {}

    /** All but PostgreSQL's own templates, by name. */
    public List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        for (List<Optional<String>> row :
                control.query("SELECT datname, datistemplate, (SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datid = d.oid AND pid <> pg_backend_pid()), pg_database_size(oid) FROM pg_database d"
                        + " WHERE datname NOT IN ('template0', 'template1') ORDER BY datname")) {
            entries.add(new Entry(
                    row.get(0).orElseThrow(),
                    row.get(1).orElseThrow().equals("t"),
                    Integer.parseInt(row.get(2).orElseThrow()),
                    Long.parseLong(row.get(3).orElseThrow())));
        }
        return entries;
    }

    /** The session, for statements beside these. */
    public WireConnection control() {
        return control;
    }

    @Override
    public void close() {
        control.close();
    }
}
