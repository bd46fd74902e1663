package dev.paddock.embedded;

import dev.paddock.closing.Closer;
import dev.paddock.embedded.storage.Session;
import dev.paddock.embedded.supervision.Job;
import dev.paddock.embedded.supervision.Supervisor;
import dev.paddock.engine.FileLog;
import dev.paddock.home.ProcessStamp;
import dev.paddock.home.UntrustedFile;
import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Term;
import dev.paddock.postgres.ConfigurationFile;
import dev.paddock.postgres.DiskFolder;
import dev.paddock.postgres.ServerSettings;
import dev.paddock.postgres.SettingNames;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One server's way from a snapshot to accepting connections.
 *
 * @param bin the folder of the programs, as PostgreSQL's account reaches it
 * @param memory the limit of its storage, in bytes
 * @param number of the account that its data belongs to; empty for one of its own
 */
record ServerStart(
        Session session,
        Snapshot snapshot,
        PostgresVersion version,
        String bin,
        ServerSettings settings,
        OptionalInt port,
        long memory,
        String number,
        Optional<DiskFolder> disk,
        Optional<Duration> ttl,
        Duration timeout) {

    private static final int ATTEMPTS = 20;
    private static final Duration TO_KILL = Duration.ofSeconds(2);

    /** What came of it. */
    record Started(Job job, Whereabouts whereabouts) {}

    /** @throws PaddockException with the reason and the last log lines; nothing of the server is left then */
    Started run() {
        for (int attempt = 1; ; attempt++) {
            int chosen = port.isPresent() ? port.getAsInt() : freePort();
            Job job = session.supervisor().job();
            try {
                send(job, chosen);
                Optional<ProcessStamp> postmaster = awaitReady(job);
                if (postmaster.isPresent()) {
                    return new Started(job, whereabouts(job, chosen, postmaster.get()));
                }
                List<String> log = new FileLog(session.supervisor().log(job)).lastLines(15);
                boolean portTaken = log.stream().anyMatch(line -> line.contains("could not bind"));
                if (!portTaken || port.isPresent() || attempt == ATTEMPTS) {
                    throw failure(job, log, portTaken, chosen);
                }
                session.supervisor().forget(job);
            } catch (RuntimeException failure) {
                // One that is still starting may be deaf to anything gentler.
                Supervisor supervisor = session.supervisor();
                throw Closer.after(
                        Closer.after(failure, () -> supervisor.stop(job, "KILL", TO_KILL)),
                        () -> supervisor.forget(job));
            }
        }
    }

    private void send(Job job, int chosen) {
        Supervisor supervisor = session.supervisor();
        List<String> command = new ArrayList<>(List.of(
                "start",
                Integer.toString(job.id()),
                disk.isPresent() ? "disk" : session.method().toString(),
                disk.map(DiskFolder::data).orElse(snapshot.data()).toString(),
                Long.toString(memory),
                bin,
                disk.isPresent() ? "INT" : "QUIT",
                ttl.map(time -> Long.toString(Math.max(1, time.toSeconds()))).orElse(""),
                number));
        String folder = supervisor.inside(job);
        ServerSettings.Places places =
                new ServerSettings.Places(List.of(folder + '/' + Whereabouts.SOCKET), folder, folder, folder + "/data");
        command.addAll(List.of("arguments", "open", String.join("\n", settings.arguments(places, chosen))));
        for (ConfigurationFile file : settings.files(places)) {
            command.add(file.name());
            command.add(file.isSecret() ? "secret" : "open");
            command.add(String.join("\n", file.lines()));
        }
        supervisor.send(command);
    }

    /** The postmaster's process once it says that it is ready; empty if it ended. */
    private Optional<ProcessStamp> awaitReady(Job job) {
        Supervisor supervisor = session.supervisor();
        Path status = supervisor.outside(supervisor.inside(job) + "/data/postmaster.pid");
        Deadline deadline = Deadline.in(timeout);
        // The file may say it before the supervisor's word of the process has been heard here.
        if (!deadline.await(() -> !job.isRunning() || (job.pid() != 0 && isReady(status)))) {
            if (job.pid() == 0) {
                long pid = supervisor.stamp().pid();
                throw new PaddockException(
                        "the supervising process " + pid + " has not started PostgreSQL within " + timeout.toSeconds()
                                + " s",
                        "if somebody has stopped it, let it go on with: kill -CONT " + pid);
            }
            List<String> log = new FileLog(supervisor.log(job)).lastLines(15);
            throw new PaddockException(
                    "PostgreSQL " + version + " is not ready after " + timeout.toSeconds()
                            + " s; its log ends with:\n  " + String.join("\n  ", log),
                    Hint.naming("give it more time with {}", Term.START_TIMEOUT)
                            .or("see what else this machine is busy with"));
        }
        return job.isRunning() ? ProcessStamp.of(job.pid()) : Optional.empty();
    }

    /** The eighth line of the postmaster's own file is its state; it is rewritten in place. */
    private static boolean isReady(Path status) {
        try {
            String content = UntrustedFile.read(status, 1024);
            int at = 0;
            for (int line = 1; line < 8; line++) {
                at = content.indexOf('\n', at) + 1;
                if (at == 0) {
                    return false;
                }
            }
            return content.startsWith("ready", at);
        } catch (IOException notYet) {
            return false;
        }
    }

    private Whereabouts whereabouts(Job job, int chosen, ProcessStamp postmaster) {
        Supervisor supervisor = session.supervisor();
        return new Whereabouts(
                supervisor.stamp(),
                postmaster,
                version,
                chosen,
                session.method(),
                supervisor.outside(supervisor.inside(job)),
                snapshot.folder(),
                disk.map(DiskFolder::path));
    }

    private PaddockException failure(Job job, List<String> log, boolean portTaken, int chosen) {
        if (portTaken) {
            return new PaddockException(
                    "port " + chosen + " is in use",
                    Hint.naming("choose another with {}, or leave it out to have a free one", Term.PORT)
                            .or("have a free one chosen, by naming none"));
        }
        int code = job.awaitExit(Deadline.in(Duration.ofSeconds(5)), "the end of a server that did not start");
        Job.requireNumbered(code, log);
        if (code == Job.NOT_STARTED) {
            return new PaddockException(
                    "can't make a clone of the snapshot " + snapshot.label() + ": " + String.join("; ", log),
                    "PADDOCK_STORAGE=copy works wherever there is space");
        }
        return new PaddockException(
                "PostgreSQL " + version + " did not start (exit code " + code + "); its log ends with:\n  "
                        + String.join("\n  ", log),
                SettingNames.adviceFor(log).orElse(null));
    }

    /** Free a moment ago; whoever uses it first has it, so a server that fails to is started anew with another. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new PaddockException("no free port on loopback: " + failure.getMessage(), failure);
        }
    }
}
