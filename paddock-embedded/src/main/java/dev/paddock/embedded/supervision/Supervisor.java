package dev.paddock.embedded.supervision;

import dev.paddock.closing.Closer;
import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.home.ServerAccounts;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * One supervising process and what runs under it. Thread-safe. Closed by whoever started it; when this JVM dies first, the
 * process notices and ends all the same.
 */
public final class Supervisor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration TO_KILL = Duration.ofSeconds(3);
    /** Of the supervisor's script. */
    private static final int FIRST_FREE_DESCRIPTOR = 5;

    private final Space space;
    private final SessionFolders folders;
    private final Process process;
    private final OutputStream commands;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, Job> jobs = new ConcurrentHashMap<>();
    private final Map<String, String> reached = new ConcurrentHashMap<>();
    private volatile boolean silent;
    private final CompletableFuture<ProcessStamp> ready = new CompletableFuture<>();
    private final CompletableFuture<Boolean> detached = new CompletableFuture<>();

    private Supervisor(Space space, SessionFolders folders, Process process) {
        this.space = space;
        this.folders = folders;
        this.process = process;
        this.commands = process.getOutputStream();
    }

    /**
     * Starts one.
     *
     * @throws SpaceRefusedException if the machine refuses this kind of space
     */
    public static Supervisor start(PaddockHome home, Account account, Space space, SessionFolders folders) {
        Scripts scripts = Scripts.in(home);
        ProcessBuilder builder = new ProcessBuilder(space.command(
                        account,
                        scripts.supervisor().toString(),
                        scripts.guard().toString()))
                .redirectErrorStream(true);
        // PostgreSQL and initdb listen to many variables; and no secret of the caller's is to be in a server's
        // environment.
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH", "HOME", "USER", "LOGNAME", "TZ", "TMPDIR", "LD_LIBRARY_PATH"));
        // The system's own programs, found at the first look.
        environment.put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin:" + environment.getOrDefault("PATH", ""));
        environment.put("SPACE", space.name().toLowerCase(java.util.Locale.ROOT));
        environment.put("ROOT", folders.root().toString());
        environment.put("CLONES", folders.clones().toString());
        environment.put("AS", space.become(account));
        environment.put("SHM", SessionFolders.SHARED_MEMORY.toString());
        if (!account.own()) {
            ServerAccounts numbers = ServerAccounts.ofMachine();
            environment.put("FIRST", Integer.toString(numbers.first()));
            environment.put("COUNT", Integer.toString(numbers.count()));
            environment.put("GROUP", Integer.toString(numbers.group()));
            environment.put("NOBODY", account.ownership());
            environment.put(
                    "RESERVED", numbers.areScarce() ? ReservedNumbers.folder().toString() : "");
        }
        environment.put("OVERLAY_OPTIONS", account.own() ? ",userxattr" : "");
        Process process;
        try {
            process = builder.start();
        } catch (IOException failure) {
            folders.remove();
            throw new SpaceRefusedException(
                    failure.getMessage() == null ? "it can't be started" : failure.getMessage());
        }
        Supervisor supervisor = new Supervisor(space, folders, process);
        Thread listener = new Thread(supervisor::listen, "paddock-supervisor-" + process.pid());
        listener.setDaemon(true);
        listener.start();
        try {
            supervisor.awaitReady();
            return supervisor;
        } catch (RuntimeException refused) {
            supervisor.close();
            throw refused;
        }
    }

    /** Whether a process is a supervisor of this account's; whatever a record says, no other may be ended for one. */
    public static boolean is(ProcessStamp process) {
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid()).filter(running -> process.isAlive());
        if (handle.isEmpty()) {
            return false;
        }
        ProcessHandle.Info info = handle.get().info();
        String[] arguments = info.arguments().orElse(new String[0]);
        return arguments.length > 0
                && Scripts.isSupervisor(arguments[arguments.length - 1])
                && info.user().equals(ProcessHandle.current().info().user());
    }

    private void awaitReady() {
        try {
            int descriptor = FIRST_FREE_DESCRIPTOR;
            for (Path sign : folders.ownedBy(ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))) {
                send(List.of("hold", Integer.toString(descriptor++), sign.toString()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while starting a supervisor", interrupted);
        } catch (java.util.concurrent.ExecutionException refused) {
            String reason = refused.getCause() == null ? "" : refused.getCause().getMessage();
            throw new SpaceRefusedException(reason == null ? "" : reason);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new SpaceRefusedException("no answer within " + PATIENCE.toSeconds() + " s");
        }
    }

    /** Its process id, and that of everything in its space; the process itself, not whatever started it. */
    public ProcessStamp stamp() {
        return ready.join();
    }

    /** Also known to have ended by its silence: what stands above it tidies up for a moment. */
    public boolean isAlive() {
        return process.isAlive() && !silent;
    }

    public Space space() {
        return space;
    }

    /** A path inside of the space as everybody else can reach it. */
    public Path outside(String inside) {
        return folders.outside(space, stamp().pid(), inside);
    }

    /** The folder of a job as its own processes see it. */
    public String inside(Job job) {
        return folders.root() + "/" + job.id();
    }

    /** Where a job's log is. */
    public Path log(Job job) {
        return outside(inside(job) + ".log");
    }

    /** A new job's number; it runs when a command names it. */
    public Job job() {
        Job job = new Job(lastId.incrementAndGet());
        jobs.put(job.id(), job);
        if (!isAlive()) {
            job.exited(Job.NOT_STARTED);
        }
        return job;
    }

    /** Sends a command of the supervisor's script. */
    public void send(List<String> words) {
        try {
            byte[] line = ShellWords.join(words).getBytes(StandardCharsets.UTF_8);
            synchronized (commands) {
                commands.write(line);
                commands.flush();
            }
        } catch (IOException gone) {
            throw new PaddockException(
                    "the supervising process " + process.pid() + " has ended, and all its servers with it", gone);
        }
    }

    /**
     * Sends a signal to a job, if it still runs, and waits for its end. It is sent again and again, since a postmaster that was made
     * a moment ago is deaf to all but KILL. What somebody has stopped goes on, and what outlives {@code patience} is killed.
     *
     * @return its exit code
     * @throws PaddockException if that can't be done, since this supervisor doesn't answer
     */
    public int stop(Job job, String signal, Duration patience) {
        Deadline deadline = Deadline.in(patience);
        Deadline.in(shorter(patience, TO_KILL)).await(job::isStoppable);
        while (job.isRunning() && !deadline.isOver()) {
            tell(List.of("stop", Integer.toString(job.id()), signal));
            if (!job.hasEnded(Deadline.in(shorter(deadline.remaining(), AGAIN)))) {
                resume(job);
            }
        }
        if (job.isRunning()) {
            List<ProcessHandle> children = Processes.childrenOf(job.pid());
            tell(List.of("stop", Integer.toString(job.id()), "KILL"));
            boolean ended = job.hasEnded(Deadline.in(TO_KILL));
            children.forEach(ProcessHandle::destroyForcibly);
            if (!ended) {
                abandon(job);
                throw new PaddockException(
                        "the supervising process " + stamp().pid() + " doesn't answer, so its server can't be ended",
                        "if somebody has stopped it, let it go on with: kill -CONT " + stamp().pid());
            }
        }
        return job.exit().join();
    }

    /** Ends a job as soon as this supervisor comes to it, if it ever does. */
    private void abandon(Job job) {
        job.whenStoppable(() -> tell(List.of("stop", Integer.toString(job.id()), "KILL")));
        job.whenEnded(() -> forget(job));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Lets a job that is to end go on, with its children, and this supervisor, wherever somebody has stopped them. */
    private void resume(Job job) {
        List<Long> family = new ArrayList<>(List.of(stamp().pid(), job.pid()));
        Processes.childrenOf(job.pid()).forEach(child -> family.add(child.pid()));
        Processes.resume(family);
    }

    /** Gives back what an ended job had. */
    public void forget(Job job) {
        if (job.isRunning()) {
            return;
        }
        jobs.remove(job.id());
        if (isAlive()) {
            tell(List.of("forget", Integer.toString(job.id())));
        }
    }

    /** Of one that has just been killed nothing is left to be ended or given back; that its servers have ended is heard in a moment. */
    private void tell(List<String> words) {
        try {
            send(words);
        } catch (PaddockException gone) {
            LoggerFactory.getLogger(Supervisor.class).debug("not told {}: {}", words.get(0), gone.getMessage());
        }
    }

    /** Makes a folder reachable to the server's account; returns the path that it has there. */
    public String reach(Path folder, String name) {
        return reached.computeIfAbsent(name, absent -> {
            send(List.of("bind", folder.toString(), name));
            return folders.root() + "/" + name;
        });
    }

    /**
     * Lets it live on until its servers have ended.
     *
     * @param sign a file that it keeps locked until it ends, and removes then
     * @param note the file where it is to tell how a server ended that nobody stopped
     */
    public void detach(Path sign, Path note) {
        send(List.of("detach", sign.toString(), note.toString()));
        try {
            detached.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while detaching a server", interrupted);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException failure) {
            throw new PaddockException("the supervising process ended before its server could be detached", failure);
        }
    }

    private void listen() {
        List<String> unexpected = new ArrayList<>();
        try (BufferedReader events = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                if (!hear(line)) {
                    unexpected.add(line);
                }
            }
        } catch (IOException ended) {
            unexpected.add(String.valueOf(ended.getMessage()));
        }
        silent = true;
        ready.completeExceptionally(new PaddockException(String.join("; ", unexpected)));
        detached.completeExceptionally(new PaddockException("it ended"));
        for (Job job : jobs.values()) {
            job.exited(Job.NOT_STARTED);
        }
    }

    /** False for what it doesn't say. */
    private boolean hear(String line) {
        try {
            return understand(line.split(" ", 3));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException garbled) {
            return false;
        }
    }

    private boolean understand(String[] words) {
        switch (words[0]) {
            case "ready" -> {
                ProcessStamp.of(Long.parseLong(words[1])).ifPresent(ready::complete);
                return true;
            }
            case "detached" -> detached.complete(true);
            case "pid" -> on(words[1], job -> job.hasPid(Long.parseLong(words[2])));
            case "started" -> on(words[1], Job::started);
            case "expired" -> on(words[1], Job::expired);
            case "exited" -> on(words[1], job -> job.exited(Integer.parseInt(words[2])));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void on(String id, java.util.function.Consumer<Job> event) {
        Job job = jobs.get(Integer.parseInt(id));
        if (job != null) {
            event.accept(job);
        }
    }

    /** Ends it and everything under it, and returns when that is done. Idempotent. */
    @Override
    public void close() {
        Closer closer = new Closer();
        closer.add(folders::remove);
        closer.add(this::end);
        closer.close();
    }

    private void end() {
        try {
            commands.close();
        } catch (IOException alreadyGone) {
            // It is the end of this stream that ends the process.
        }
        if (!hasEnded(AGAIN)) {
            Processes.resume(List.of(own()));
        }
        if (!hasEnded(PATIENCE)) {
            ProcessHandle.of(own()).ifPresent(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            hasEnded(TO_KILL);
        }
    }

    /** Its process id, or that of what starts it if it never said one. */
    private long own() {
        return ready.isDone() && !ready.isCompletedExceptionally() ? stamp().pid() : process.pid();
    }

    private boolean hasEnded(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
