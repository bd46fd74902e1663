package dev.paddock.embedded.storage;

import dev.paddock.embedded.supervision.Privileges;
import dev.paddock.embedded.supervision.SessionFolders;
import dev.paddock.embedded.supervision.Space;
import dev.paddock.embedded.supervision.SpaceRefusedException;
import dev.paddock.embedded.supervision.Supervisor;
import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
        return Supervisor.start(home, account, Space.SHARED, SessionFolders.below(memory(), account, clones));
    }

    /** Memory if there is enough of it: a container's default is too little for two servers. */
    static Path memory() {
        try {
            if (Files.isWritable(SHARED_MEMORY)
                    && Files.getFileStore(SHARED_MEMORY).getUsableSpace() > ENOUGH) {
                return SHARED_MEMORY;
            }
        } catch (IOException unknown) {
            // Then it isn't to be relied on.
        }
        // A JVM doesn't listen to it by itself.
        Path temp = Path.of(Optional.ofNullable(System.getenv("TMPDIR")).orElse(""));
        return temp.isAbsolute() && Files.isWritable(temp)
                ? temp
                : Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
