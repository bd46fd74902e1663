package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;

/** A program of a user's that starts a server of an image, and tells how that went. */
final class Puller {
    private Puller() {}

    public static void main(String[] arguments) {
        ServerSpec spec = ServerSpec.create().withContainer(ContainerSpec.DEFAULT.withImage(arguments[0]));
        try (Paddock paddock =
                        Paddock.open("docker", OnDocker.HOME, (activity, done, total) -> System.out.println(activity));
                PostgresServer server = paddock.start(spec)) {
            System.out.println(server.version());
        } catch (PaddockException refused) {
            System.out.println(refused.getMessage() + "\n" + refused.hint().orElse(""));
        }
        System.exit(0);
    }
}
