package dev.paddock.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files in the jars that are inside of this one, as the build put them there. They are read into memory, some eight
 * megabytes for as long as something is fetched: a copy on disk would have to be guarded, and removed whatever happens.
 */
final class NestedJars {
    private static final String LIST = "META-INF/paddock-fetch/jars";

    private final Map<String, byte[]> files = new HashMap<>();

    private NestedJars() {}

    /** Those that this loader has. */
    static NestedJars of(ClassLoader loader) {
        NestedJars jars = new NestedJars();
        try (BufferedReader list =
                new BufferedReader(new InputStreamReader(open(loader, LIST), StandardCharsets.UTF_8))) {
            for (String jar : list.readLine().split(":", -1)) {
                jars.read(open(loader, jar));
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException("can't read the jars inside of paddock-fetch", damaged);
        }
        return jars;
    }

    byte @Nullable [] file(String name) {
        return files.get(name);
    }

    private void read(InputStream jar) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(jar)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.putIfAbsent(entry.getName(), entries.readAllBytes());
                }
            }
        }
    }

    private static InputStream open(ClassLoader loader, String name) throws IOException {
        InputStream stream = loader.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException(name + " is missing");
        }
        return stream;
    }
}
