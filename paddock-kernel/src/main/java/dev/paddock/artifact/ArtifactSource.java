package dev.paddock.artifact;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import java.nio.file.Path;

/** Fetches Maven artifacts. Found with {@link java.util.ServiceLoader}; implementations are thread-safe. */
public interface ArtifactSource {
    /**
     * The jar with these coordinates, complete and with its checksum verified; from the local repository if it is there.
     *
     * @throws ArtifactNotFoundException when no repository has it
     * @throws PaddockException when it can't be had, saying which version, why, and what to do
     */
    Path fetch(String groupId, String artifactId, String version, Progress progress);
}
