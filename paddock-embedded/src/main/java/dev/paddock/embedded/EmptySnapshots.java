package dev.paddock.embedded;

import dev.paddock.embedded.installation.Installation;
import dev.paddock.embedded.storage.Session;
import dev.paddock.embedded.supervision.Job;
import dev.paddock.embedded.supervision.Supervisor;
import dev.paddock.engine.FileLog;
import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.DataFormat;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.postgres.InitdbArguments;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import dev.paddock.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The snapshots that initdb makes: one per installation and format, made when it is first needed. */
final class EmptySnapshots {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final PaddockHome home;
    private final SnapshotStore store;
    private final Account account;
    private final Progress progress;
    private final Consumer<Snapshot> warm;

    /** @param warm does once what the first session of each server on a snapshot would do */
    EmptySnapshots(PaddockHome home, SnapshotStore store, Account account, Progress progress, Consumer<Snapshot> warm) {
        this.home = home;
        this.store = store;
        this.account = account;
        this.progress = progress;
        this.warm = warm;
    }

    Snapshot of(Installation installation, DataPlatform platform, DataFormat format, Supplier<Session> session) {
        String key = "empty 4\n" + installation.id() + "\n" + platform + "\n" + format + "\n" + account.uid();
        return store.byKey(key, () -> make(installation, platform, format, session.get()));
    }

    private Snapshot make(Installation installation, DataPlatform platform, DataFormat format, Session session) {
        String activity = "preparing PostgreSQL " + installation.version();
        progress.advance(activity, 0, 2);
        Supervisor supervisor = session.supervisor();
        Job job = supervisor.job();
        try {
            List<String> command = new ArrayList<>(List.of(
                    "initdb",
                    Integer.toString(job.id()),
                    Long.toString(256L << 20),
                    new Reach(home, account).binOfInitdb(installation, session)));
            command.addAll(InitdbArguments.of(installation.version().major(), format));
            command.add("--username=postgres");
            supervisor.send(command);
            int code = job.awaitExit(Deadline.in(PATIENCE), "initdb");
            if (code != 0) {
                List<String> log = new FileLog(supervisor.log(job)).lastLines(12);
                Job.requireNumbered(code, log);
                boolean nameless = log.stream().anyMatch(line -> line.contains("could not look up effective user ID"));
                throw new PaddockException(
                        "PostgreSQL " + installation.version() + " can't make a data directory:\n  "
                                + String.join("\n  ", log),
                        nameless
                                ? "give this account a name, by a line in /etc/passwd; where namespaces are allowed none is"
                                        + " needed"
                                : "look at the locale and the encoding, and at the free space");
            }
            progress.advance(activity, 1, 2);
            Snapshot made = store.add(new Draft(
                    supervisor.outside(supervisor.inside(job) + "/data"),
                    Optional.empty(),
                    account.foreignOwner(),
                    Kind.EMPTY,
                    installation.version(),
                    origin(installation),
                    Optional.of(platform),
                    format,
                    "postgres",
                    "postgres",
                    Optional.empty(),
                    Optional.empty(),
                    Set.of()));
            warm.accept(made);
            return made;
        } finally {
            progress.advance(activity, 2, 2);
            supervisor.forget(job);
        }
    }

    /** What {@code --postgres} would have to be told to have it again. */
    private String origin(Installation installation) {
        return installation.bin().startsWith(home.cache())
                ? installation.version().toString()
                : installation.bin().toString();
    }
}
