package dev.paddock.jdbc;

import dev.paddock.engine.Engines;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.template.WrittenTemplate;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a URL asks for.
 *
 * @param wanted the database; URLs that agree on it lead to the same one
 * @param driver parameters for PostgreSQL's own driver, which may differ from connection to connection
 */
record DatabaseUrl(Wanted wanted, Map<String, String> driver) {
    private static final String FORM = "write it as jdbc:paddock:18:///shop?migrations=classpath:db/migration";
    private static final Pattern URL = Pattern.compile("jdbc:paddock:(?:([^:/?]+):)?///([^/?]+)(?:\\?(.*))?");

    /**
     * @param engine where it is to be
     * @param template what it is made from
     * @param readOnly whether it is shared with all who only read
     */
    record Wanted(String engine, WrittenTemplate template, boolean readOnly) {

        /** The same text for the same database, in every class loader and in every version of Paddock that means the same. */
        String key() {
            return Stream.of(
                            engine,
                            template.postgres(),
                            template.image(),
                            template.snapshot(),
                            template.database(),
                            String.join(",", template.migrations()),
                            String.join(",", template.scripts()),
                            template.settings().toString(),
                            Boolean.toString(readOnly))
                    .collect(Collectors.joining("|"));
        }
    }

    /** @throws InvalidSpecException if it isn't of the right form; the hint shows it */
    static DatabaseUrl parse(String url) {
        Matcher form = URL.matcher(url);
        if (!form.matches()) {
            throw new InvalidSpecException("'" + url + "' is not the URL of a database", FORM);
        }
        Map<String, String> parameters = parameters(form.group(3) == null ? "" : form.group(3));
        Map<String, String> settings = new TreeMap<>();
        Map<String, String> driver = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (name.startsWith(UrlParameter.SETTING)) {
                settings.put(name.substring(UrlParameter.SETTING.length()), value);
            } else if (UrlParameter.isKnown(name)) {
                // Read below.
                return;
            } else if (UrlParameter.isOfPostgres(name)) {
                driver.put(name, value);
            } else {
                throw UrlParameter.unknown(name);
            }
        });
        String image = parameters.getOrDefault(UrlParameter.IMAGE.key(), "");
        String engine = Engines.choose(
                Optional.ofNullable(parameters.get(UrlParameter.ENGINE.key())),
                Optional.of(image).filter(name -> !name.isEmpty()));
        WrittenTemplate template = new WrittenTemplate(
                form.group(1) == null ? "" : form.group(1),
                image,
                parameters.getOrDefault(UrlParameter.SNAPSHOT.key(), ""),
                decode(form.group(2)),
                list(parameters, UrlParameter.MIGRATIONS),
                list(parameters, UrlParameter.SCRIPTS),
                settings);
        return new DatabaseUrl(new Wanted(engine, template, isReadOnly(parameters)), Map.copyOf(driver));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : query.split("&")) {
            if (part.isEmpty()) {
                continue;
            }
            int sign = part.indexOf('=');
            if (sign < 1) {
                throw new InvalidSpecException("'" + part + "' in a database's URL has no value", FORM);
            }
            parameters.put(decode(part.substring(0, sign)), decode(part.substring(sign + 1)));
        }
        return parameters;
    }

    private static List<String> list(Map<String, String> parameters, UrlParameter which) {
        return Stream.of(parameters.getOrDefault(which.key(), "").split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static boolean isReadOnly(Map<String, String> parameters) {
        String value = parameters.getOrDefault(UrlParameter.READ_ONLY.key(), "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new InvalidSpecException("readOnly is '" + value + "'", "write readOnly=true, or leave it out");
        }
        return value.equals("true");
    }

    /** As PostgreSQL's own driver does. */
    private static String decode(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidSpecException(
                    "'" + part + "' in a database's URL: " + malformed.getMessage(), "write a percent sign as %25");
        }
    }
}
