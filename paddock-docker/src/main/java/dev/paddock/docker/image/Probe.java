package dev.paddock.docker.image;

import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Script;
import dev.paddock.oci.layer.Owner;

/** Looks into an image, by running a script in it that tells what there is. */
public record Probe(Containers containers) {
    private static final Owner NOBODY = new Owner(65534, 65534);

    /** @return a fact a line */
    String look(String image) {
        return containers.run(
                containers.unprivileged(image, NOBODY, "probe", Script.PROBE.command()),
                "a look into the image " + image);
    }
}
