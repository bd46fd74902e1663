package dev.paddock.docker.service;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an image that a service is made of.
 *
 * @param reference as it was asked for
 * @param id of its content
 * @param user whom its processes run as, as the image says; empty for root
 * @param volumes folders that the engine keeps outside of any container
 * @param shell whether there is one
 */
record ServiceImage(
        String reference,
        String id,
        List<String> entrypoint,
        List<String> command,
        String user,
        Set<String> volumes,
        boolean shell) {

    static ServiceImage of(String reference, InspectImageResponse image, boolean shell) {
        ContainerConfig config = Optional.ofNullable(image.getConfig()).orElseGet(ContainerConfig::new);
        return new ServiceImage(
                reference,
                String.valueOf(image.getId()),
                list(config.getEntrypoint()),
                list(config.getCmd()),
                Optional.ofNullable(config.getUser()).orElse(""),
                volumes(config),
                shell);
    }

    /** The same, made of another image that runs the same. */
    ServiceImage as(InspectImageResponse other) {
        return new ServiceImage(
                reference, String.valueOf(other.getId()), entrypoint, command, user, volumes(other.getConfig()), shell);
    }

    private static Set<String> volumes(@Nullable ContainerConfig config) {
        return config == null || config.getVolumes() == null
                ? Set.of()
                : new TreeSet<>(config.getVolumes().keySet());
    }

    /** What runs, if this is said instead. A new entrypoint leaves the image's command out, as everywhere in Docker. */
    List<String> run(Optional<List<String>> otherEntrypoint, Optional<List<String>> otherCommand) {
        List<String> all = new ArrayList<>(otherEntrypoint.orElse(entrypoint));
        all.addAll(otherCommand.orElse(otherEntrypoint.isPresent() ? List.of() : command));
        return all;
    }

    private static List<String> list(String @Nullable [] words) {
        return words == null ? List.of() : Arrays.asList(words);
    }
}
