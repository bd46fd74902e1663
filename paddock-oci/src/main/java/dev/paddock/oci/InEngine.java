package dev.paddock.oci;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.oci.image.EngineImage;
import dev.paddock.oci.image.ImageSource;
import dev.paddock.oci.registry.ImageName;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * An image of the engine at hand, written as Skopeo and Podman do: {@code docker-daemon:shop:v1}.
 *
 * @param reference what the engine calls it
 */
record InEngine(String reference) {
    private static final String TRANSPORT = "docker-daemon:";

    /** @throws InvalidSpecException if it is meant, and can't be an image's name */
    static Optional<InEngine> parse(String text) {
        if (!text.startsWith(TRANSPORT)) {
            return Optional.empty();
        }
        InEngine image = new InEngine(text.substring(TRANSPORT.length()));
        if (image.name().qualifier().startsWith("sha256:")) {
            throw new InvalidSpecException(
                    "an engine's image is named by a tag, not by a digest", "write it as NAME:TAG");
        }
        return Optional.of(image);
    }

    /** As if it were in a registry. */
    ImageName name() {
        return ImageName.parse(reference);
    }

    /** @return to be closed by the caller */
    EngineImage find(PaddockHome home, Progress progress, String what) {
        return firstOf(List.of(reference), home, progress)
                .orElseThrow(() -> new PaddockException(
                        what + ": no engine at hand has that image", "list what it has with: docker images"));
    }

    /**
     * The first of these that an engine at hand has.
     *
     * @return to be closed by the caller
     */
    static Optional<EngineImage> firstOf(List<String> references, PaddockHome home, Progress progress) {
        for (ImageSource source : ServiceLoader.load(ImageSource.class, InEngine.class.getClassLoader())) {
            Optional<EngineImage> found = source.find(references, home, progress);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return TRANSPORT + reference;
    }
}
