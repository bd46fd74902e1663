package dev.paddock.model;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of a service that the host reaches, on loopback only.
 *
 * @param inside as the service listens
 * @param outside on the host; if absent a free one
 */
public record ServicePort(int inside, OptionalInt outside) {
    private static final Pattern WRITTEN = Pattern.compile("(?:(\\d{1,5}):)?(\\d{1,5})");

    public ServicePort {
        require(inside);
        outside.ifPresent(ServicePort::require);
    }

    /** Reads {@code 6379} and {@code 16379:6379}. */
    public static ServicePort parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new InvalidSpecException(
                    "'" + text + "' is not a port to be published",
                    "write the service's port, or the host's and the service's: 6379 or 16379:6379");
        }
        return new ServicePort(
                Integer.parseInt(written.group(2)),
                written.group(1) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(written.group(1))));
    }

    static void require(int port) {
        if (port < 1 || port > 65535) {
            throw new InvalidSpecException(port + " is not a port", "choose one from 1 to 65535");
        }
    }
}
