package dev.paddock.benchmark.footprint;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a server's storage that no other server shares: the upper directory where its data is an overlay, else the whole
 * data directory.
 */
final class PrivateStorage {
    private static final Pattern UPPER = Pattern.compile("(?:^|,)upperdir=([^,]*)");

    private PrivateStorage() {}

    /** Where it is, seen from outside of the server's mount namespace. */
    static Path of(ProcessHandle postmaster) {
        Path process = Path.of("/proc", Long.toString(postmaster.pid()));
        try {
            // PostgreSQL works in its data directory.
            Path data = Files.readSymbolicLink(process.resolve("cwd"));
            String folder = upper(Files.readAllLines(process.resolve("mountinfo")), data)
                    .orElse(data.toString());
            return Postmaster.outside(postmaster, folder);
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't see the storage of process " + postmaster.pid() + ": " + failure.getMessage(),
                    "run the benchmark as the user who runs the servers, or as root",
                    failure);
        }
    }

    /** The upper directory of the overlay that {@code folder} is on, if it is on one. */
    static Optional<String> upper(List<String> mounts, Path folder) {
        Optional<String> upper = Optional.empty();
        int depth = -1;
        for (String mount : mounts) {
            String[] columns = mount.split(" ");
            Path point = Path.of(columns[4]);
            // Of several on one point the last is the one on top.
            if (folder.startsWith(point) && point.getNameCount() >= depth) {
                depth = point.getNameCount();
                // A root that is an overlay is a container's, and not of the server alone.
                upper = depth == 0 ? Optional.empty() : upperOption(mount.substring(mount.indexOf(" - ") + 3));
            }
        }
        return upper;
    }

    private static Optional<String> upperOption(String typeSourceOptions) {
        if (!typeSourceOptions.startsWith("overlay ")) {
            return Optional.empty();
        }
        Matcher option = UPPER.matcher(typeSourceOptions.substring(typeSourceOptions.lastIndexOf(' ') + 1));
        return option.find() ? Optional.of(option.group(1)) : Optional.empty();
    }

    /** Bytes on disk of each, holes not counted. */
    static List<Long> sizes(List<Path> folders) {
        List<String> command = new ArrayList<>(List.of("du", "--summarize", "--block-size=1", "--"));
        folders.forEach(folder -> command.add(folder.toString()));
        try {
            Process du = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            List<Long> sizes = output.lines()
                    .map(line -> Long.parseLong(line.substring(0, line.indexOf('\t'))))
                    .toList();
            // Files that come and go make du fail; a folder it couldn't enter has no line.
            if (sizes.size() != folders.size()) {
                throw new PaddockException(
                        "du told the size of " + sizes.size() + " of " + folders.size() + " folders");
            }
            return sizes;
        } catch (IOException failure) {
            throw new PaddockException("can't run du: " + failure.getMessage(), "install coreutils", failure);
        }
    }
}
