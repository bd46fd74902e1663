package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import java.nio.file.Path;

/** A program that runs a shell's words in a server, and tells what they say. Arguments: home, words. */
final class Teller {
    private Teller() {}

    public static void main(String[] arguments) throws Exception {
        PaddockHome home = PaddockHome.under(Path.of(arguments[0]));
        try (Paddock paddock = Paddock.open("embedded", home, Progress.NONE);
                PostgresServer server = paddock.start(ServerSpec.create())) {
            Intruder.inside(server, arguments[1]).forEach(System.out::println);
        }
    }
}
