package dev.paddock.content;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a class path has under one name, in its order: folders or files, on disk or in jars. */
final class ClassPathRoots {
    private final Location location;
    private final List<FileSystem> opened;
    private final List<Path> roots = new ArrayList<>();

    private ClassPathRoots(Location location, List<FileSystem> opened) {
        this.location = location;
        this.opened = opened;
    }

    /** @param opened gets the jars that were opened, which the caller closes, even after a failure */
    static List<Path> find(Location location, ClassLoader loader, List<FileSystem> opened) {
        ClassPathRoots found = new ClassPathRoots(location, opened);
        try {
            for (URL url : Collections.list(loader.getResources(location.path()))) {
                found.add(url);
            }
        } catch (IOException | URISyntaxException failure) {
            throw new PaddockException(location.text() + " can't be read: " + failure.getMessage(), failure);
        }
        return found.roots;
    }

    private void add(URL url) throws IOException, URISyntaxException {
        if (url.getProtocol().equals("file")) {
            roots.add(Path.of(url.toURI()));
            return;
        }
        URLConnection connection = url.openConnection();
        if (!(connection instanceof JarURLConnection jar)
                || !jar.getJarFileURL().getProtocol().equals("file")) {
            throw new PaddockException(
                    location.text() + " is at " + url + ", where it can't be read",
                    "have it in a folder, or in a jar that is a file of its own");
        }
        URI file = jar.getJarFileURL().toURI();
        FileSystem content = FileSystems.newFileSystem(Path.of(file), (@Nullable ClassLoader) null);
        opened.add(content);
        roots.add(content.getPath("/" + jar.getEntryName()));
    }
}
