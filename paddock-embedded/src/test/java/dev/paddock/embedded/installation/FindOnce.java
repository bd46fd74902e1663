package dev.paddock.embedded.installation;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.Progress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** One process that finds a version, and says when it begins to unpack, where it is and what the finding took. */
final class FindOnce {
    private FindOnce() {}

    public static void main(String[] arguments) {
        PaddockHome home = PaddockHome.under(Path.of(arguments[0]));
        AtomicBoolean begun = new AtomicBoolean();
        Progress progress = (activity, done, total) -> {
            if (activity.startsWith("unpacking") && !begun.getAndSet(true)) {
                System.out.println("begin");
            }
        };
        long start = System.nanoTime();
        Installation found = Installations.in(home).find(PostgresSource.parse(arguments[1]), progress);
        System.out.println(found.bin() + " " + (System.nanoTime() - start) / 1000 + " us");
    }
}
