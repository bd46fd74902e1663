package dev.paddock.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of a location.
 *
 * @param name relative to the location, with slashes
 * @param path where it is, perhaps within a jar: usable as long as its {@link Content} is open
 */
public record ContentFile(String name, Path path) {

    /** The last part of the name. */
    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** @throws dev.paddock.model.PaddockException if it can't be read */
    public byte[] bytes() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException failure) {
            throw Unreadable.because(path.toString(), failure);
        }
    }
}
