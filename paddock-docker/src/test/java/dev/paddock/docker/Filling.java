package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that fills a volume by a script that doesn't come to its end. */
final class Filling {
    private Filling() {}

    /** @param arguments the home, the volume, which its container is labelled with too, and the script */
    public static void main(String[] arguments) {
        try (Paddock paddock = Paddock.open("docker", PaddockHome.under(Path.of(arguments[0])), Progress.NONE)) {
            paddock.start(ServerSpec.postgres("15")
                    .withStorage(Storage.inVolume(arguments[1]))
                    .withContainer(ContainerSpec.DEFAULT.withLabels(Map.of("victim", arguments[1])))
                    .withInit(List.of(Path.of(arguments[2]))));
        }
    }
}
