package dev.paddock.oci.image;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.Progress;
import java.util.List;
import java.util.Optional;

/**
 * Where images of PostgreSQL may be at hand on this machine: an engine. Found by {@link java.util.ServiceLoader}; nothing may be done before
 * the first call.
 */
public interface ImageSource {

    /** What it is, for people: {@code the Docker Engine}. */
    String name();

    /**
     * The first of these images that it has. Nothing is pulled.
     *
     * @return to be closed by the caller; empty if it has none of them, or there is no engine to ask
     */
    Optional<EngineImage> find(List<String> references, PaddockHome home, Progress progress);
}
