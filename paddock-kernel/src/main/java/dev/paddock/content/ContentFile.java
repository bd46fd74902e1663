package dev.paddock.content;

import dev.paddock.home.Links;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A file of a location.
 *
 * @param name relative to the location, with slashes
 * @param path where it is, perhaps within a jar: usable as long as its {@link Content} is open
 * @param within the real path of the folder that was named, or of the file itself: what isn't below that is not read
 */
public record ContentFile(String name, Path path, Path within) {

    /** The last part of the name. */
    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Reads it where it was found, whatever others exchange for links meanwhile. Closed by the caller. */
    public InputStream open() throws IOException {
        return Links.open(within, path);
    }

    /** @throws dev.paddock.model.PaddockException if it can't be read */
    public byte[] bytes() {
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException failure) {
            throw Unreadable.because(path.toString(), failure);
        }
    }
}
