package dev.paddock.jdbc;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Slips;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/** What a URL may say behind its question mark, besides what PostgreSQL's own driver reads. */
enum UrlParameter {
    MIGRATIONS("migrations", "where migrations are, separated by commas: classpath:db/migration"),
    SCRIPTS("scripts", "scripts, dumps or folders of them, separated by commas, put in after the migrations"),
    SNAPSHOT("snapshot", "the name or id of the snapshot that all else is put on"),
    ENGINE("engine", "where it is: embedded, or docker for a container"),
    IMAGE("image", "the image that its container is of"),
    READ_ONLY("readOnly", "true for one database that all who only read share, and PostgreSQL lets nobody write to");

    /** Before the name of a PostgreSQL setting. */
    static final String SETTING = "setting.";

    private final String key;
    private final String description;

    UrlParameter(String key, String description) {
        this.key = key;
        this.description = description;
    }

    String key() {
        return key;
    }

    static boolean isKnown(String name) {
        return Arrays.stream(values()).anyMatch(each -> each.key.equals(name));
    }

    static boolean isOfPostgres(String name) {
        return ofPostgres().anyMatch(name::equals);
    }

    private static Stream<String> ofPostgres() {
        String any = "jdbc:postgresql://localhost/";
        try {
            return Arrays.stream(DriverManager.getDriver(any).getPropertyInfo(any, new Properties()))
                    .map(info -> info.name);
        } catch (SQLException missing) {
            throw new PaddockException(
                    "PostgreSQL's JDBC driver can't be asked: " + missing.getMessage(),
                    "see that org.postgresql:postgresql is on the class path",
                    missing);
        }
    }

    static DriverPropertyInfo[] describe() {
        return Arrays.stream(values())
                .map(each -> {
                    DriverPropertyInfo info = new DriverPropertyInfo(each.key, null);
                    info.description = each.description;
                    return info;
                })
                .toArray(DriverPropertyInfo[]::new);
    }

    static InvalidSpecException unknown(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String nearest = "";
        int slips = Slips.LIKELY + 1;
        for (String candidate : names()) {
            int distance = Slips.between(wanted, candidate.toLowerCase(Locale.ROOT));
            if (distance < slips) {
                nearest = candidate;
                slips = distance;
            }
        }
        return new InvalidSpecException(
                "'" + name + "' is not a parameter of a database's URL",
                nearest.isEmpty()
                        ? "there are " + String.join(", ", own()) + " and those of PostgreSQL's JDBC driver"
                        : "did you mean: " + nearest);
    }

    private static List<String> own() {
        return Stream.concat(Arrays.stream(values()).map(UrlParameter::key), Stream.of(SETTING + "NAME"))
                .toList();
    }

    private static List<String> names() {
        return Stream.concat(Arrays.stream(values()).map(UrlParameter::key), ofPostgres())
                .toList();
    }
}
