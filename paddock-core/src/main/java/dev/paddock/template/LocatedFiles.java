package dev.paddock.template;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.script.InitScripts;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Scripts in the order of their names, wherever a location says that they are. */
record LocatedFiles(String description, Path path) implements Layer {
    private static final String CLASSPATH = "classpath:";
    private static final String FILESYSTEM = "filesystem:";

    static LocatedFiles of(String what, String location, ClassLoader resources) {
        return new LocatedFiles(what + location, path(location, resources));
    }

    private static Path path(String location, ClassLoader resources) {
        if (!location.startsWith(CLASSPATH)) {
            String file = location.startsWith(FILESYSTEM) ? location.substring(FILESYSTEM.length()) : location;
            return Path.of(file).toAbsolutePath();
        }
        String name = location.substring(CLASSPATH.length());
        URL found = resources.getResource(name.startsWith("/") ? name.substring(1) : name);
        if (found == null || !found.getProtocol().equals("file")) {
            throw new InvalidSpecException(
                    "there is no " + location + " among the files of the class path",
                    "look for it under src/main/resources and src/test/resources");
        }
        try {
            return Path.of(new URI(found.toString()));
        } catch (URISyntaxException unreadable) {
            throw new InvalidSpecException(location + " is at " + found + ", which can't be read", null);
        }
    }

    @Override
    public String key() {
        ContentDigest digest = new ContentDigest();
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                digest.add(path.relativize(file).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.add(Files.readAllBytes(file));
            }
        } catch (IOException failure) {
            throw new PaddockException("can't read the " + description + ": " + failure.getMessage(), null, failure);
        }
        return digest.toHex();
    }

    @Override
    public void apply(LayerTarget target) {
        InitScripts.run(List.of(path), target.scripts(), target.progress());
    }
}
