package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.Readiness;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.ServiceData;
import dev.paddock.model.ServiceSpec;
import dev.paddock.model.StackSpec;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A program that wants of an engine what there may be no room for; for each line that it reads it tries once and tells how that went. */
final class Cramped {
    static final String SERVICE = "paddock/redis:test";
    static final String TRIED = "tried";

    private Cramped() {}

    /** @param arguments a snapshot's id; or nothing, for a service with 40 MB of data */
    public static void main(String[] arguments) throws Exception {
        ServerSpec server = (arguments.length == 0 ? ServerSpec.create() : ServerSpec.snapshot(arguments[0]))
                .withContainer(ContainerSpec.DEFAULT.withImage(Large.IMAGE));
        StackSpec wanted = StackSpec.of(server);
        if (arguments.length == 0) {
            wanted = wanted.with(service());
        }
        try (Paddock paddock = Paddock.open("docker", OnDocker.HOME, Progress.NONE)) {
            while (System.in.read() >= 0) {
                attempt(paddock, wanted);
            }
        }
        System.exit(0);
    }

    private static ServiceSpec service() {
        return new Draft("cache", SERVICE)
                .ready(new Readiness.Listens(6379))
                .data(new ServiceData(
                        "/data",
                        List.of(),
                        ServiceData.RESTORE,
                        List.of("sh", "-c", "head -c 40M /dev/urandom > /data/" + UUID.randomUUID()),
                        Duration.ofMinutes(3)))
                .spec();
    }

    private static void attempt(Paddock paddock, StackSpec wanted) {
        try (AutoCloseable running =
                wanted.services().isEmpty() ? paddock.start(wanted.postgres()) : paddock.start(wanted)) {
            System.out.println("it runs");
        } catch (PaddockException refused) {
            System.out.println(refused.getMessage() + "\n" + refused.hint().orElse("without a hint"));
        } catch (Exception other) {
            System.out.println(other);
        }
        System.out.println("left: " + Leftovers.folders(OnDocker.HOME));
        System.out.println(TRIED);
    }
}
