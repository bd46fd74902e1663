package dev.paddock.home;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What a look at the outside of files tells, one line for each: kind, size, mode, owner, time of the last change, name. A program of the
 * system's makes it where that can, for it takes 3 ms for a thousand files, and a JVM that has just begun ten times as long.
 */
final class Listing {
    private static final long PATIENCE = 60;
    private static final int PERMISSIONS = 07777;
    private static final int OWNER_OR_WRITTEN_BY_ALL = 0702;

    private Listing() {}

    /**
     * Of all below a folder's parts.
     *
     * @param parts names in the folder
     * @param unopened folders below it, by their relative paths, that are listed without what is in them
     */
    static byte[] of(Path folder, List<String> parts, List<String> unopened) throws IOException {
        try {
            byte[] found = bySystem(folder, parts, unopened);
            return found.length > 0 ? found : byWalking(folder, parts, unopened);
        } catch (IOException noSuchProgram) {
            return byWalking(folder, parts, unopened);
        }
    }

    /** Nothing where that program doesn't know how, or where a part isn't there. */
    private static byte[] bySystem(Path folder, List<String> parts, List<String> unopened) throws IOException {
        String line = "%y %s %m %U %T@ %p\\n";
        List<String> command = new ArrayList<>(List.of("find"));
        command.addAll(parts);
        if (!unopened.isEmpty()) {
            command.add("(");
            for (String each : unopened) {
                command.addAll(List.of("-path", each, "-o"));
            }
            command.addAll(List.of("-false", ")", "-prune", "-printf", line, "-o"));
        }
        command.addAll(List.of("-printf", line));
        Process find = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            find.getOutputStream().close();
            byte[] found = find.getInputStream().readAllBytes();
            return find.waitFor(PATIENCE, TimeUnit.SECONDS) && find.exitValue() == 0 ? found : new byte[0];
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        } finally {
            find.destroyForcibly();
        }
    }

    private static byte[] byWalking(Path folder, List<String> parts, List<String> unopened) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (String part : parts) {
            try {
                walk(folder.resolve(part), part, unopened, lines);
            } catch (NoSuchFileException gone) {
                // Then it has no line.
            }
        }
        return lines.toByteArray();
    }

    private static void walk(Path path, String name, List<String> unopened, ByteArrayOutputStream lines)
            throws IOException {
        Map<String, Object> facts = Files.readAttributes(path, attributes(path), LinkOption.NOFOLLOW_LINKS);
        boolean folder = Boolean.TRUE.equals(facts.get("isDirectory"));
        String kind = folder ? "d" : Boolean.TRUE.equals(facts.get("isRegularFile")) ? "f" : "l";
        int mode = facts.get("mode") instanceof Integer bits ? bits & PERMISSIONS : 0;
        long time = facts.get("lastModifiedTime") instanceof FileTime last ? last.to(TimeUnit.NANOSECONDS) : 0;
        long second = TimeUnit.SECONDS.toNanos(1);
        String fraction = Long.toString(second + Math.floorMod(time, second)).substring(1);
        String line =
                kind + ' ' + facts.get("size") + ' ' + Integer.toOctalString(mode) + ' ' + facts.getOrDefault("uid", 0)
                        + ' ' + Math.floorDiv(time, second) + '.' + fraction + "0 " + name + '\n';
        lines.write(line.getBytes(StandardCharsets.UTF_8));
        if (folder && !unopened.contains(name)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    walk(entry, name + '/' + entry.getFileName(), unopened, lines);
                }
            }
        }
    }

    private static String attributes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? "unix:isDirectory,isRegularFile,mode,uid,size,lastModifiedTime"
                : "isDirectory,isRegularFile,size,lastModifiedTime";
    }

    /** One line, read. */
    record Entry(String kind, String size, String mode, String owner, String time) {

        boolean isFile() {
            return kind.equals("f");
        }

        /** How another differs from this one, but for the time and the owner, which a copy of the whole changes. */
        Optional<String> differenceOf(Entry other) {
            if (!kind.equals(other.kind)) {
                return Optional.of("is a " + name(other.kind) + " instead of a " + name(kind));
            }
            // A folder's own size is its file system's affair.
            if (isFile() && !size.equals(other.size)) {
                return Optional.of("has " + other.size + " bytes instead of " + size);
            }
            return own() == other.own()
                    ? Optional.empty()
                    : Optional.of("has the mode " + other.mode + " instead of " + mode);
        }

        /**
         * What the owner may do with it, and whether everybody may write to it; whom else it is shown to is decided anew by each who starts a
         * server on it.
         */
        private int own() {
            return Integer.parseInt(mode, 8) & OWNER_OR_WRITTEN_BY_ALL;
        }

        /** Whether nobody can have written to it since. */
        boolean isUntouchedSince(Entry then) {
            return size.equals(then.size) && time.equals(then.time);
        }

        private static String name(String kind) {
            return switch (kind) {
                case "f" -> "file";
                case "d" -> "folder";
                case "l" -> "link";
                default -> "special file";
            };
        }
    }

    /** The first file that is missing, or has another kind, size, mode or owner; owners may have changed all alike, as in a copy. */
    static Optional<String> difference(Map<String, Entry> then, Map<String, Entry> now) {
        Map<String, String> owners = new HashMap<>();
        for (Map.Entry<String, Entry> each : new TreeMap<>(then).entrySet()) {
            Entry expected = each.getValue();
            Entry found = now.get(each.getKey());
            if (found == null) {
                return Optional.of(each.getKey() + " is missing");
            }
            Optional<String> difference = expected.differenceOf(found);
            if (difference.isPresent()) {
                return Optional.of(each.getKey() + ' ' + difference.get());
            }
            owners.putIfAbsent(expected.owner(), found.owner());
            if (!found.owner().equals(owners.get(expected.owner()))) {
                return Optional.of(each.getKey() + " belongs to user " + found.owner() + " instead of "
                        + owners.get(expected.owner()));
            }
        }
        return Optional.empty();
    }

    /** By name. What isn't such a line is left out. */
    static Map<String, Entry> read(ByteBuffer listing) {
        Map<String, Entry> entries = new HashMap<>();
        for (String line :
                StandardCharsets.UTF_8.decode(listing.duplicate()).toString().split("\n")) {
            String[] facts = line.split(" ", 6);
            if (facts.length == 6) {
                entries.put(facts[5], new Entry(facts[0], facts[1], facts[2], facts[3], facts[4]));
            }
        }
        return entries;
    }
}
