package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.registry.RegisteredServer;
import java.nio.file.Path;

/** A program that asks an engine about the servers of a home, and is to stop one, as whoever has typed the commands. */
final class Asking {
    private Asking() {}

    /** @param arguments the home, and the server to be stopped */
    public static void main(String[] arguments) {
        try (Paddock paddock = Paddock.open("docker", PaddockHome.under(Path.of(arguments[0])), Progress.NONE)) {
            for (RegisteredServer each : paddock.registry().all()) {
                System.out.println(each.record().name() + ": "
                        + each.doubt().map(PaddockException::getMessage).orElse("no doubt"));
            }
            paddock.down(arguments[1]);
            System.out.println("down");
        } catch (PaddockException failure) {
            System.out.println("failed: " + failure.getMessage());
        }
    }
}
