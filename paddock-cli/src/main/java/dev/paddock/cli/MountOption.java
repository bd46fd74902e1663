package dev.paddock.cli;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.Mount;
import dev.paddock.model.Slips;
import dev.paddock.model.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Volumes of which more is to be said than a name, as Docker's {@code --mount} has them: names with values, between commas. */
final class MountOption {
    /** As in CSV: what has a comma in it is in quotes, and a quote of its own is doubled then. */
    private static final Pattern FIELD = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))(,|$)");

    private static final String SOURCE = "source";
    private static final String TARGET = "target";
    private static final String READ_ONLY = "readonly";
    private static final String TYPE = "type";
    private static final String DRIVER = "volume-driver";
    private static final String OPTION = "volume-opt";
    private static final String LABEL = "volume-label";
    private static final List<String> OF_DATA = List.of(SOURCE, TYPE, DRIVER, OPTION, LABEL);
    private static final List<String> OF_MOUNT = List.of(SOURCE, TARGET, READ_ONLY, TYPE, DRIVER, OPTION, LABEL);
    private static final Map<String, String> OTHERWISE =
            Map.of("src", SOURCE, "dst", TARGET, "destination", TARGET, "ro", READ_ONLY);

    private final String option;
    private final List<String> known;
    private final Map<String, String> single = new HashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();

    private MountOption(String option, List<String> known) {
        this.option = option;
        this.known = known;
    }

    /**
     * Reads a volume and where it is to be seen.
     *
     * @param option that it is given to
     * @throws InvalidSpecException if it can't be meant
     */
    static Mount mount(String option, String text) {
        MountOption given = new MountOption(option, OF_MOUNT).with(text);
        return new Mount.Volume(
                given.require(SOURCE, "orders"),
                given.require(TARGET, "/path"),
                given.single.containsKey(READ_ONLY),
                given.driver(),
                given.options,
                given.labels);
    }

    /**
     * Reads which volume is to hold PostgreSQL's data: its name, or the same without a place.
     *
     * @param option that it is given to
     * @throws InvalidSpecException if it can't be meant
     */
    static Storage data(String option, String text) {
        if (text.indexOf('=') < 0) {
            return Storage.inVolume(text);
        }
        MountOption given = new MountOption(option, OF_DATA).with(text);
        return new Storage.InVolume(given.require(SOURCE, "orders"), given.driver(), given.options, given.labels);
    }

    private MountOption with(String text) {
        fields(text).forEach(this::take);
        return this;
    }

    private static List<String> fields(String text) {
        List<String> fields = new ArrayList<>();
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            String quoted = field.group(1);
            fields.add(quoted == null ? String.valueOf(field.group(2)) : quoted.replace("\"\"", "\""));
            if (String.valueOf(field.group(3)).isEmpty()) {
                return fields;
            }
        }
        throw new InvalidSpecException(
                "'" + text + "' has a quote where none can be",
                "put all of what holds a comma in quotes: '\"volume-opt=o=addr=10.0.0.1,rw\"'");
    }

    private void take(String field) {
        String written = before(field);
        String name = OTHERWISE.getOrDefault(written, written);
        String value = after(field);
        if (!known.contains(name)) {
            throw new InvalidSpecException(
                    option + " knows no '" + written + "'",
                    Slips.nearest(name, known)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("choose " + String.join(", ", known)));
        }
        if (value.isEmpty() && !name.equals(READ_ONLY)) {
            throw new InvalidSpecException(
                    "'" + field + "' says nothing to " + option, "write it as " + written + "=VALUE");
        }
        switch (name) {
            case OPTION -> options.put(before(value), after(value));
            case LABEL -> labels.put(before(value), after(value));
            case READ_ONLY -> readOnly(field, value);
            default -> single.put(name, value);
        }
        if (name.equals(TYPE) && !value.equals("volume")) {
            throw new InvalidSpecException(
                    option + " is for volumes, and '" + value + "' is none",
                    "write a folder as --volume ./folder:/path; memory stands in a paddock.yaml, as tmpfs");
        }
    }

    private void readOnly(String field, String value) {
        switch (value) {
            case "", "true", "1" -> single.put(READ_ONLY, value);
            case "false", "0" -> single.remove(READ_ONLY);
            default -> throw new InvalidSpecException("'" + field + "' is neither true nor false", "write readonly");
        }
    }

    private String require(String name, String example) {
        String value = single.get(name);
        if (value == null) {
            throw new InvalidSpecException(
                    "the " + name + " is missing in what " + option + " is given",
                    "write it as " + name + "=" + example);
        }
        return value;
    }

    private Optional<String> driver() {
        return Optional.ofNullable(single.get(DRIVER));
    }

    private static String before(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? pair : pair.substring(0, equals);
    }

    private static String after(String pair) {
        return pair.indexOf('=') < 0 ? "" : pair.substring(pair.indexOf('=') + 1);
    }
}
