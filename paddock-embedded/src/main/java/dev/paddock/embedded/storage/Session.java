package dev.paddock.embedded.storage;

import dev.paddock.embedded.supervision.Privileges;
import dev.paddock.embedded.supervision.SessionFolders;
import dev.paddock.embedded.supervision.Space;
import dev.paddock.embedded.supervision.SpaceRefusedException;
import dev.paddock.embedded.supervision.Supervisor;
import dev.paddock.home.Account;
import dev.paddock.home.OwnFolders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A supervisor, with the way in which its servers' data directories are cloned. Closed by whoever opened it.
 *
 * @param method for servers in memory
 */
public record Session(Supervisor supervisor, CloneMethod method) implements AutoCloseable {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH = 512L << 20;

    /**
     * Opens one with the best method that this machine allows, or with the one that is forced.
     *
     * @throws PaddockException if the forced one can't be had, with the reason
     */
    public static Session open(PaddockHome home, Account account) {
        if (!account.own()) {
            Privileges.ofSelf().requireToRunAsAnother();
        }
        Optional<CloneMethod> forced = CloneMethod.forced();
        CloneMethod wish = forced.orElse(CloneMethod.OVERLAY);
        if (wish == CloneMethod.OVERLAY) {
            try {
                return new Session(
                        Supervisor.start(home, account, Space.PRIVATE, SessionFolders.inPrivateSpace()),
                        CloneMethod.OVERLAY);
            } catch (SpaceRefusedException refused) {
                if (forced.isPresent()) {
                    throw new PaddockException(
                            "this machine refuses overlay storage: " + refused.getMessage(),
                            "unset PADDOCK_STORAGE to have the best method that it allows; 'paddock doctor' tells more",
                            refused);
                }
            }
        }
        if (wish != CloneMethod.COPY) {
            Optional<String> refusal = reflinkRefusal(home, account);
            if (refusal.isEmpty()) {
                return new Session(shared(home, account, Optional.of(home.cache())), CloneMethod.REFLINK);
            }
            if (forced.isPresent()) {
                throw new PaddockException(
                        "the cache can't share blocks between files: " + refusal.get(),
                        "unset PADDOCK_STORAGE, or set PADDOCK_HOME to a folder on XFS or btrfs");
            }
        }
        return new Session(shared(home, account, Optional.empty()), CloneMethod.COPY);
    }

    static Optional<String> reflinkRefusal(PaddockHome home, Account account) {
        var unused = home.cacheFolder("locks");
        return account.own() || home.letPass(account)
                ? Reflink.refusal(home)
                : Optional.of("another account, as which PostgreSQL runs, can't reach " + home.cache());
    }

    private static Supervisor shared(PaddockHome home, Account account, Optional<Path> clones) {
        return Supervisor.start(
                home, account, Space.SHARED, SessionFolders.below(memory(home, account), account, clones));
    }

    /**
     * Where a shared space has its folders: in memory if there is enough of it, for a container's default is too little for two servers;
     * else wherever something can be written that PostgreSQL's account can get to.
     *
     * @throws PaddockException if there is no such place
     */
    static Path memory(PaddockHome home, Account account) {
        Set<Path> places = new LinkedHashSet<>();
        if (isRoomy(SHARED_MEMORY)) {
            places.add(SHARED_MEMORY);
        }
        // A JVM doesn't listen to it by itself.
        Optional.ofNullable(System.getenv("TMPDIR"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .ifPresent(places::add);
        places.add(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
        places.add(Path.of("/var/tmp"));
        places.add(home.cache());
        places.add(SHARED_MEMORY);
        return places.stream()
                .filter(place ->
                        Files.isWritable(place) && OwnFolders.keepApart(place) && isReached(place, home, account))
                .findFirst()
                .orElseThrow(() -> new PaddockException(
                        "servers have nowhere to keep what they write: none of "
                                + places.stream().map(Path::toString).collect(Collectors.joining(", "))
                                + " can be written to, is closed to others or sticky, and can be reached by the account that PostgreSQL"
                                + " runs as",
                        "set TMPDIR to a folder that is"));
    }

    private static boolean isReached(Path place, PaddockHome home, Account account) {
        return account.canReach(place) || (place.equals(home.cache()) && home.letPass(account));
    }

    private static boolean isRoomy(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace() > ENOUGH;
        } catch (IOException unknown) {
            // Then it isn't to be relied on.
            return false;
        }
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
