package dev.paddock.oci.registry;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import dev.paddock.model.InvalidSpecException;
import java.util.Optional;

/**
 * Where an image is in a registry.
 *
 * @param registry its host, with a port if it has one
 * @param qualifier a tag or a digest
 */
public record ImageName(String registry, String repository, String qualifier) {

    /**
     * Reads {@code REGISTRY/NAME:TAG} or {@code REGISTRY/NAME@DIGEST}; what is left out is as Docker has it.
     *
     * @throws InvalidSpecException if it can't be meant
     */
    public static ImageName parse(String text) {
        try {
            ImageReference reference = ImageReference.parse(text);
            // What can't be a registry may have become the beginning of a name.
            if (!ImageReference.isValidRepository(reference.getRepository())) {
                throw new InvalidImageReferenceException(text);
            }
            return new ImageName(
                    reference.getRegistry(),
                    reference.getRepository(),
                    reference.getDigest().or(reference::getTag).orElse("latest"));
        } catch (InvalidImageReferenceException unreadable) {
            throw new InvalidSpecException(
                    "'" + text + "' can't be the name of an image",
                    "write it as registry.example.com/team/shop:v1, in small letters");
        }
    }

    /** Whether a text names a registry, and not just an image of the engine at hand. */
    public static boolean namesRegistry(String text) {
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }

    /** Whether its registry is this machine's own, which may be spoken to without encryption. */
    boolean isLoopback() {
        String host = host();
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("[::1]");
    }

    String host() {
        return registry.replaceFirst(":\\d+$", "");
    }

    Optional<Integer> port() {
        int colon = registry.lastIndexOf(':');
        return registry.matches(".*:\\d+$")
                ? Optional.of(Integer.parseInt(registry.substring(colon + 1)))
                : Optional.empty();
    }

    /** What it is called, without where it is: {@code shop} of {@code registry.example.com/team/shop:v1}. */
    public String shortName() {
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

    /** The same image, whatever becomes of its tag. */
    public ImageName at(String digest) {
        return new ImageName(registry, repository, digest);
    }

    @Override
    public String toString() {
        return registry + "/" + repository + (qualifier.startsWith("sha256:") ? "@" : ":") + qualifier;
    }
}
