package dev.paddock.registry;

import dev.paddock.home.FileLockScope;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.home.WholeFile;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerEnd;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The standing servers of this user: one file each, readable by nobody else, for it holds the password. A record is a claim of
 * what ran once; the engine tells whether it still does. While that can't be asked the record stays, and counts. So does the record of
 * a server that ended without having been stopped, until somebody removes it; that of one whose time to live was over is removed when
 * it is met. Thread-safe, and shared by any number of processes.
 */
public final class ServerRegistry {
    private static final String RECORD = ".server";
    private static final String CLAIM = ".claim";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,39}";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_START = Duration.ofMinutes(15);

    private final PaddockHome home;
    private final Function<ServerRecord, Optional<ServerEnd>> end;

    /** @param end how a server ended, if it did; throws a {@link PaddockException} if that can't be told right now */
    public ServerRegistry(PaddockHome home, Function<ServerRecord, Optional<ServerEnd>> end) {
        this.home = home;
        this.end = end;
    }

    /** All that run, as far as can be told, by name. */
    public List<ServerRecord> list() {
        return all().stream()
                .filter(each -> !each.hasFailed())
                .map(RegisteredServer::record)
                .toList();
    }

    /** The same and those that failed, each with what is known of that. */
    public List<RegisteredServer> all() {
        List<RegisteredServer> found = new ArrayList<>();
        for (String name : recorded()) {
            try {
                look(name).ifPresent(found::add);
            } catch (DamagedRecordException toldByDamaged) {
                // The others can be read all the same.
            }
        }
        return found;
    }

    /** The servers of which nothing is known but the name, each with the reason. */
    public List<DamagedRecordException> damaged() {
        List<DamagedRecordException> found = new ArrayList<>();
        for (String name : recorded()) {
            try {
                RecordFile.read(name, file(name));
            } catch (DamagedRecordException damaged) {
                found.add(damaged);
            }
        }
        return found;
    }

    private List<String> recorded() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(RECORD))
                    .map(file -> file.substring(0, file.length() - RECORD.length()))
                    .filter(name -> name.matches(NAME))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /** The server of this name if it runs, as far as can be told. */
    public Optional<ServerRecord> find(String name) {
        return look(name).filter(each -> !each.hasFailed()).map(RegisteredServer::record);
    }

    /** The server of this name, whether it runs or has failed. */
    public Optional<RegisteredServer> look(String name) {
        Optional<ServerRecord> record = RecordFile.read(name, file(requireName(name)));
        if (record.isEmpty()) {
            return Optional.empty();
        }
        Optional<ServerEnd> ended;
        try {
            ended = end.apply(record.get());
        } catch (PaddockException doubt) {
            return Optional.of(new RegisteredServer(record.get(), Optional.of(doubt), Optional.empty()));
        }
        if (ended.isPresent() && isOver(record.get(), ended.get())) {
            remove(record.get());
            return Optional.empty();
        }
        return Optional.of(new RegisteredServer(record.get(), Optional.empty(), ended));
    }

    /** Whether a server has lived as long as it was to. */
    private static boolean isOver(ServerRecord server, ServerEnd ended) {
        Instant when = ended.when().orElseGet(Instant::now);
        return server.until().filter(until -> !when.isBefore(until)).isPresent();
    }

    /** Where whoever keeps a server is to tell how it ended. */
    public Path note(ServerRecord server) {
        return new EndNotes(folder()).of(server);
    }

    /** @throws PaddockException if no server of this name runs; of one that has failed, with how; or if it can't be reached from here */
    public ServerRecord get(String name) {
        return known(name).requireReachable();
    }

    /** @throws PaddockException if there is no server of this name, neither one that runs nor one that has failed */
    public RegisteredServer known(String name) {
        return look(name).orElseThrow(() -> {
            List<String> running = list().stream().map(ServerRecord::name).toList();
            return new PaddockException(
                    "no server '" + name + "' is running",
                    running.isEmpty()
                            ? "start it with: paddock up " + name
                            : "running are " + String.join(", ", running));
        });
    }

    /**
     * Takes a name before its server is started, so that two who want the same can't both have it. A server of this name that has failed
     * is {@linkplain Claim#replaced replaced}.
     *
     * @throws PaddockException if a server of this name runs or is being started
     */
    public Claim claim(String name) {
        requireNoneRuns(name);
        Claim claim = tryToClaim(name)
                .orElseThrow(() -> new PaddockException(
                        "a server '" + name + "' is being started by another process",
                        "choose another name, or wait until it runs"));
        try {
            // It may have been started since the first look.
            requireNoneRuns(name);
            return claim;
        } catch (RuntimeException taken) {
            claim.close();
            throw taken;
        }
    }

    private void requireNoneRuns(String name) {
        look(name).filter(each -> !each.hasFailed()).ifPresent(ServerRegistry::refuse);
    }

    /** Nothing if somebody else has it. */
    private Optional<Claim> tryToClaim(String name) {
        Path file = folder().resolve(name + CLAIM);
        try {
            Path written = WholeFile.draft(folder());
            try {
                Files.writeString(written, ProcessStamp.ofSelf().toString());
                return isLinked(file, written) || isTakenOver(file, written)
                        ? Optional.of(new Claim(name, file))
                        : Optional.empty();
            } finally {
                Files.delete(written);
            }
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    private static boolean isLinked(Path claim, Path written) throws IOException {
        try {
            Files.createLink(claim, written);
            return true;
        } catch (FileAlreadyExistsException claimed) {
            return false;
        }
    }

    /** From somebody who died with it. One at a time does so: of two who find the same claim, one would remove the other's new one. */
    private boolean isTakenOver(Path claim, Path written) throws IOException {
        try (FileLockScope lock = lock()) {
            if (isHeld(claim)) {
                return false;
            }
            Folders.delete(claim);
            return isLinked(claim, written);
        }
    }

    private static void refuse(RegisteredServer taken) {
        String name = taken.record().name();
        if (taken.doubt().isPresent()) {
            PaddockException doubt = taken.doubt().get();
            throw new PaddockException(
                    "a server '" + name + "' may be running already: " + doubt.getMessage(),
                    "choose another name",
                    doubt);
        }
        throw new PaddockException(
                "a server '" + name + "' is running already",
                "choose another name, or stop it with: paddock down " + name);
    }

    /** Whether whoever made a claim is about to fulfil it. One of another container can't be seen: it is believed for a while. */
    private static boolean isHeld(Path claim) {
        try {
            Optional<ProcessStamp> claimant = ProcessStamp.parse(WholeFile.read(claim));
            return claimant.filter(ProcessStamp::isOutOfSight).isPresent()
                    ? Files.getLastModifiedTime(claim)
                            .toInstant()
                            .isAfter(Instant.now().minus(LONGEST_START))
                    : claimant.filter(ProcessStamp::isAlive).isPresent();
        } catch (IOException releasedOrDamaged) {
            // One that its claimant has made is whole.
            return false;
        }
    }

    /** The first of {@code pg1}, {@code pg2}, … that is free, and that nobody takes at the same moment. */
    public Claim claimNext() {
        for (int number = 1; ; number++) {
            String name = "pg" + number;
            if (isFree(name)) {
                Optional<Claim> claim = tryToClaim(name);
                if (claim.isPresent() && isFree(name)) {
                    return claim.get();
                }
                claim.ifPresent(Claim::close);
            }
        }
    }

    private boolean isFree(String name) {
        try {
            return look(name).isEmpty();
        } catch (DamagedRecordException somebodys) {
            return false;
        }
    }

    /**
     * Removes the record of a server that is gone. As soon as it was, another process may have replaced it: what is recorded of the new one of the same
     * name stays.
     */
    public void remove(ServerRecord server) {
        try (FileLockScope lock = lock()) {
            Path file = file(server.name());
            if (RecordFile.read(server.name(), file).filter(server::equals).isPresent()) {
                Files.deleteIfExists(file);
                new EndNotes(folder()).removeAll(server.name());
            }
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /** Of whoever looks what a file says and acts on that. */
    private FileLockScope lock() {
        return FileLockScope.acquire(home, "claims", PATIENCE);
    }

    /** A name that is taken; closing it frees the name unless a server was recorded under it. */
    public final class Claim implements AutoCloseable {
        private final String name;
        private final Path file;

        private Claim(String name, Path file) {
            this.name = name;
            this.file = file;
        }

        public String name() {
            return name;
        }

        /** The server that had the name and has failed. */
        public Optional<ServerRecord> replaced() {
            return look(name).map(RegisteredServer::record);
        }

        /** Records the server, all at once, and forgets how others of its name ended. */
        public void fulfil(ServerRecord record) {
            try (FileLockScope lock = lock()) {
                new EndNotes(folder()).removeAll(name);
                RecordFile.write(file(name), record);
            } catch (IOException failure) {
                throw unreadable(failure);
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failure) {
                throw unreadable(failure);
            }
        }
    }

    private static String requireName(String name) {
        if (!name.matches(NAME)) {
            throw new InvalidSpecException(
                    "'" + name + "' can't be a server's name", "use up to 40 letters, digits, dashes and underscores");
        }
        return name;
    }

    private Path file(String name) {
        return folder().resolve(name + RECORD);
    }

    private Path folder() {
        return home.stateFolder("servers");
    }

    private PaddockException unreadable(IOException failure) {
        return new PaddockException(
                "can't keep records in " + home.state() + ": " + failure.getMessage(),
                "look at its owner, mode and free space; PADDOCK_HOME names another place",
                failure);
    }
}
