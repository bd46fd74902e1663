package dev.paddock.fetch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Classes of the nested jars, and ours that are written with them. Of the application it sees what both speak in: the kernel and
 * the application's logger. All else of its class path is out of sight.
 */
final class IsolatedLoader extends ClassLoader {
    private final ClassLoader ours;
    private final NestedJars jars;

    IsolatedLoader(ClassLoader ours, NestedJars jars) {
        super("paddock-fetch", ClassLoader.getPlatformClassLoader());
        this.ours = ours;
        this.jars = jars;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        if (name.startsWith(IsolatedArtifactSource.ISOLATED)) {
            return define(name, read(file));
        }
        if (name.startsWith("dev.paddock.") || name.startsWith("org.slf4j.")) {
            return ours.loadClass(name);
        }
        return define(name, jars.file(file));
    }

    @Override
    protected @Nullable URL findResource(String name) {
        byte[] content = jars.file(name);
        if (content == null) {
            return null;
        }
        try {
            return new URL("paddock-fetch", null, -1, "/" + name, new InMemory(content));
        } catch (MalformedURLException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return Collections.enumeration(found == null ? List.of() : List.of(found));
    }

    private Class<?> define(String name, byte @Nullable [] bytes) throws ClassNotFoundException {
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte @Nullable [] read(String file) {
        try (InputStream stream = ours.getResourceAsStream(file)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException damaged) {
            throw new UncheckedIOException("can't read " + file + " of paddock-fetch", damaged);
        }
    }

    /** Some code reads its resources by their URL. */
    private static final class InMemory extends URLStreamHandler {
        private final byte[] content;

        InMemory(byte[] content) {
            this.content = content;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(content);
                }
            };
        }
    }
}
