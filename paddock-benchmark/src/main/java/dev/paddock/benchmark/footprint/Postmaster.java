package dev.paddock.benchmark.footprint;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds servers by the ports they listen on: the one thing about them that every subject tells, whatever stands between. */
public final class Postmaster {
    private static final String LISTENING = "0A";

    private Postmaster() {}

    /** A folder of the server on this port, seen from outside of its mount namespace. */
    public static Path folder(int port, Path inside) {
        return outside(listeningOn(List.of(port)).get(0), inside.toString());
    }

    static Path outside(ProcessHandle postmaster, String inside) {
        return Path.of("/proc/" + postmaster.pid() + "/root" + inside);
    }

    /** The process that listens on each of these ports, in their order. One look at all processes, however many ports. */
    static List<ProcessHandle> listeningOn(List<Integer> ports) {
        try {
            Map<String, Integer> portsBySocket = new HashMap<>();
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                if (Files.exists(Path.of(table))) {
                    portsBySocket.putAll(listeners(Path.of(table), ports));
                }
            }
            Map<Integer, ProcessHandle> found = new HashMap<>();
            ProcessHandle.allProcesses()
                    .forEach(process -> sockets(process.pid()).stream()
                            .filter(portsBySocket::containsKey)
                            .forEach(socket -> found.merge(portsBySocket.get(socket), process, Postmaster::elder)));
            return ports.stream().map(port -> onPort(found, port)).toList();
        } catch (IOException failure) {
            throw new PaddockException("can't read /proc: " + failure.getMessage(), failure);
        }
    }

    private static ProcessHandle onPort(Map<Integer, ProcessHandle> found, int port) {
        return Optional.ofNullable(found.get(port))
                .orElseThrow(() -> new PaddockException(
                        "no process that this user may look into listens on port " + port,
                        "run the benchmark as the user who runs the servers, or as root"));
    }

    /** A child that has just been forked may not have closed the socket yet. */
    private static ProcessHandle elder(ProcessHandle one, ProcessHandle other) {
        return other.children().anyMatch(one::equals) ? other : one;
    }

    private static Map<String, Integer> listeners(Path table, List<Integer> ports) throws IOException {
        Map<String, Integer> found = new HashMap<>();
        List<String> lines = Files.readAllLines(table);
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.strip().split("\\s+");
            String address = columns[1];
            int port = Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
            if (columns[3].equals(LISTENING) && ports.contains(port)) {
                found.put("socket:[" + columns[9] + "]", port);
            }
        }
        return found;
    }

    private static List<String> sockets(long pid) {
        List<String> targets = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : descriptors) {
                targets.add(Files.readSymbolicLink(descriptor).toString());
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException notOurs) {
            // Another user's, or gone: in either case none that was asked for.
            return targets;
        }
        return targets;
    }
}
