package dev.paddock.jdbc;

import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.Secret;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where databases of URLs are, told to all class loaders of this JVM: build tools and application servers load the driver once for each of
 * their parts, and one URL is to mean one database to all of them. Whoever started a database takes back what it told when that ends.
 *
 * <p>Class loaders have no class of ours in common, so what is told is text, and the lock is an interned string. The text is a security
 * property, since those are nobody's but this JVM's: system properties, which hold text too, are printed in reports of tests and of builds,
 * and there is a password in it. Thread-safe.
 */
final class Announcements {
    /** Of what is told, and in which form; another version of Paddock may have another. */
    private static final String FORM = "dev.paddock.jdbc.1:";

    private static final String BETWEEN = " ";

    private Announcements() {}

    /**
     * The database that one of this JVM has announced, or else what is started now. Those who come meanwhile wait for it.
     *
     * @param wanted what tells databases apart
     * @param start starts one, and is its owner
     */
    static ConnectionInfo findOrStart(String wanted, Supplier<ConnectionInfo> start) {
        String key = (FORM + wanted).intern();
        synchronized (key) {
            Optional<ConnectionInfo> announced = Optional.ofNullable(Security.getProperty(key))
                    .filter(text -> !text.isEmpty())
                    .map(Announcements::read);
            if (announced.isPresent()) {
                return announced.get();
            }
            ConnectionInfo started = start.get();
            Security.setProperty(key, write(started));
            return started;
        }
    }

    /**
     * To be called before it ends; does nothing if another one is announced. Waits for one that is being started.
     *
     * @param ending what the caller is the owner of, by then
     */
    static void takeBack(String wanted, Supplier<Optional<ConnectionInfo>> ending) {
        String key = (FORM + wanted).intern();
        synchronized (key) {
            if (ending.get().map(Announcements::write).equals(Optional.ofNullable(Security.getProperty(key)))) {
                Security.setProperty(key, "");
            }
        }
    }

    private static String write(ConnectionInfo info) {
        return Stream.of(
                        info.host(),
                        Integer.toString(info.port()),
                        info.user(),
                        info.password().value(),
                        info.database())
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining(BETWEEN));
    }

    private static ConnectionInfo read(String text) {
        String[] parts = Stream.of(text.split(BETWEEN, -1))
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toArray(String[]::new);
        return new ConnectionInfo(parts[0], Integer.parseInt(parts[1]), parts[2], new Secret(parts[3]), parts[4]);
    }
}
