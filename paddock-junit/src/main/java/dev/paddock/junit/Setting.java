package dev.paddock.junit;

import dev.paddock.model.InvalidSpecException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of JUnit's configuration parameters, which are system properties first and lines of junit-platform.properties then. */
record Setting(String key, Optional<String> value) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    static Setting of(String key, Function<String, Optional<String>> parameters) {
        return new Setting(key, parameters.apply(key).map(String::strip).filter(text -> !text.isEmpty()));
    }

    /** Separated by commas. */
    List<String> list() {
        return value.map(text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    int number(int otherwise, int least) {
        if (value.isEmpty()) {
            return otherwise;
        }
        String text = value.get();
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
            throw wrong("write a number, " + least + " or more");
        }
        return Integer.parseInt(text);
    }

    boolean onOff(boolean otherwise) {
        return value.map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "on", "true" -> true;
                    case "off", "false" -> false;
                    default -> throw wrong("write on or off");
                })
                .orElse(otherwise);
    }

    Duration duration(Duration otherwise) {
        if (value.isEmpty()) {
            return otherwise;
        }
        Matcher parts = DURATION.matcher(value.get());
        if (!parts.matches()) {
            throw wrong("write it as 90s, 30m or 2h");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private InvalidSpecException wrong(String hint) {
        return new InvalidSpecException("the setting " + key + " can't be '" + value.orElse("") + "'", hint);
    }
}
