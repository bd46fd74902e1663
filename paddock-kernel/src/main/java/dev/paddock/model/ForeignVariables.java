package dev.paddock.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The environment variables that lead a program to another server than those of {@link ConnectionInfo#environment()}, or keep it
 * from logging in there.
 */
public final class ForeignVariables {
    /**
     * All by which libpq chooses, opens or authenticates a connection, but the five that name a database. What they mean for
     * another server is no use here, and some drivers, such as lib/pq, refuse to work when they see them.
     */
    public static final List<String> OF_LIBPQ = List.of(
            "PGHOSTADDR",
            "PGSERVICE",
            "PGSERVICEFILE",
            "PGSYSCONFDIR",
            "PGPASSFILE",
            "PGREQUIREAUTH",
            "PGCHANNELBINDING",
            "PGOPTIONS",
            "PGTARGETSESSIONATTRS",
            "PGLOADBALANCEHOSTS",
            "PGMINPROTOCOLVERSION",
            "PGMAXPROTOCOLVERSION",
            "PGREQUIREPEER",
            "PGSSLMODE",
            "PGREQUIRESSL",
            "PGSSLNEGOTIATION",
            "PGSSLCOMPRESSION",
            "PGSSLCERT",
            "PGSSLKEY",
            "PGSSLCERTMODE",
            "PGSSLROOTCERT",
            "PGSSLCRL",
            "PGSSLCRLDIR",
            "PGSSLSNI",
            "PGSSLMINPROTOCOLVERSION",
            "PGSSLMAXPROTOCOLVERSION",
            "PGGSSENCMODE",
            "PGGSSLIB",
            "PGGSSDELEGATION",
            "PGKRBSRVNAME",
            "PGREALM");

    /** What well-known tools read before, or instead of, {@code DATABASE_URL}. An application's own names aren't guessed at. */
    private static final List<String> OF_TOOLS = List.of(
            // Rails
            "PRIMARY_DATABASE_URL",
            // Prisma
            "DIRECT_URL",
            "SHADOW_DATABASE_URL",
            // Vercel, Neon, Supabase
            "POSTGRES_URL",
            "POSTGRES_URL_NON_POOLING",
            "POSTGRES_PRISMA_URL",
            "DATABASE_URL_UNPOOLED",
            // Spring Boot
            "SPRING_DATASOURCE_URL",
            "SPRING_FLYWAY_URL",
            "SPRING_LIQUIBASE_URL",
            "SPRING_R2DBC_URL",
            // Quarkus
            "QUARKUS_DATASOURCE_JDBC_URL",
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            // Micronaut
            "DATASOURCES_DEFAULT_URL",
            "R2DBC_DATASOURCES_DEFAULT_URL",
            "FLYWAY_URL",
            "LIQUIBASE_COMMAND_URL");

    private ForeignVariables() {}

    /**
     * Those that must not be in an environment: all of libpq's, whether they are there or not, and of the tools' those that name
     * a PostgreSQL server. A tool that is to use another kind of database beside it goes on to do so.
     */
    public static List<String> in(Map<String, String> environment) {
        List<String> names = new ArrayList<>(OF_LIBPQ);
        for (String name : OF_TOOLS) {
            if (environment.getOrDefault(name, "").contains("postgres")) {
                names.add(name);
            }
        }
        return names;
    }

    /** The beginning of a command line that runs a program without those of libpq. */
    public static List<String> withoutThoseOfLibpq() {
        List<String> words = new ArrayList<>();
        words.add("env");
        for (String name : OF_LIBPQ) {
            words.add("-u");
            words.add(name);
        }
        return words;
    }
}
