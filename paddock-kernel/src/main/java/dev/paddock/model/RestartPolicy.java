package dev.paddock.model;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an engine does when a container ends by itself.
 *
 * @param attempts how often at most, on failure only
 */
public record RestartPolicy(When when, OptionalInt attempts) {
    public enum When {
        NEVER,
        ON_FAILURE,
        UNLESS_STOPPED,
        ALWAYS
    }

    public static final RestartPolicy NEVER = new RestartPolicy(When.NEVER, OptionalInt.empty());

    public RestartPolicy {
        if (attempts.isPresent() && (when != When.ON_FAILURE || attempts.getAsInt() < 1)) {
            throw new InvalidSpecException(
                    "only a restart on failure can be limited, to 1 attempt or more", "write it as on-failure:3");
        }
    }

    /** Reads {@code no}, {@code always}, {@code unless-stopped}, {@code on-failure}, {@code on-failure:3}. */
    public static RestartPolicy parse(String text) {
        Matcher limited = Pattern.compile("on-failure:(\\d{1,6})").matcher(text);
        if (limited.matches()) {
            return new RestartPolicy(When.ON_FAILURE, OptionalInt.of(Integer.parseInt(limited.group(1))));
        }
        return switch (text) {
            case "no" -> NEVER;
            case "always" -> new RestartPolicy(When.ALWAYS, OptionalInt.empty());
            case "unless-stopped" -> new RestartPolicy(When.UNLESS_STOPPED, OptionalInt.empty());
            case "on-failure" -> new RestartPolicy(When.ON_FAILURE, OptionalInt.empty());
            default ->
                throw new InvalidSpecException(
                        "'" + text + "' is not a restart policy",
                        "write no, always, unless-stopped, on-failure or on-failure:3");
        };
    }

    /** As it is written, for {@link #parse}. */
    @Override
    public String toString() {
        return switch (when) {
            case NEVER -> "no";
            case ALWAYS -> "always";
            case UNLESS_STOPPED -> "unless-stopped";
            case ON_FAILURE -> "on-failure" + (attempts.isPresent() ? ":" + attempts.getAsInt() : "");
        };
    }
}
