package dev.paddock.junit;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.script.InitScripts;
import dev.paddock.template.Layer;
import dev.paddock.template.LayerTarget;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Locations as annotations and settings name them, as layers of a template. */
final class Layers {
    private static final String CLASSPATH = "classpath:";

    private Layers() {}

    static Layer migrations(String location, ClassLoader resources) {
        return new FilesLayer("migrations in " + location, path(location, resources));
    }

    static Layer scripts(String location, ClassLoader resources) {
        return new FilesLayer("scripts in " + location, path(location, resources));
    }

    private static Path path(String location, ClassLoader resources) {
        if (!location.startsWith(CLASSPATH)) {
            return Path.of(location.startsWith("filesystem:") ? location.substring(11) : location)
                    .toAbsolutePath();
        }
        String name = location.substring(CLASSPATH.length());
        URL found = resources.getResource(name.startsWith("/") ? name.substring(1) : name);
        if (found == null || !found.getProtocol().equals("file")) {
            throw new InvalidSpecException("there is no " + location, "look for it under src/test/resources");
        }
        try {
            return Path.of(found.toURI());
        } catch (URISyntaxException never) {
            throw new IllegalStateException(never);
        }
    }

    private record FilesLayer(String description, Path path) implements Layer {
        @Override
        public String key() {
            try (Stream<Path> all = Files.walk(path)) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (Path each : all.sorted().filter(Files::isRegularFile).toList()) {
                    digest.update(path.relativize(each).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(each));
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (IOException | java.security.NoSuchAlgorithmException failure) {
                throw new PaddockException("can't read " + path, null, failure);
            }
        }

        @Override
        public void apply(LayerTarget target) {
            InitScripts.run(List.of(path), target.scripts(), target.progress());
        }
    }
}
