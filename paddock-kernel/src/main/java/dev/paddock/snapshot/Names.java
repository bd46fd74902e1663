package dev.paddock.snapshot;

import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.WholeFile;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the user calls snapshots: a file for each name, which holds an id. */
record Names(PaddockHome home) {

    Path file(String name) {
        return home.cacheFolder("snapshot-names").resolve(name);
    }

    boolean has(String name) {
        return Files.exists(file(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** The id that a name stands for; empty if there is no such name, or its file is damaged. */
    Optional<String> id(String name) {
        try {
            String id = WholeFile.read(file(name)).strip();
            return SnapshotFolders.isDigest(id) ? Optional.of(id) : Optional.empty();
        } catch (IOException noneOrDamaged) {
            return Optional.empty();
        }
    }

    /** Ids by name; none for a name whose file is damaged. */
    Map<String, Optional<String>> all() {
        Map<String, Optional<String>> found = new TreeMap<>();
        try (Stream<Path> entries = Files.list(home.cacheFolder("snapshot-names"))) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(Names::isName)
                    .forEach(name -> found.put(name, id(name)));
            return found;
        } catch (IOException failure) {
            throw new PaddockException("can't read the cache " + home.cache() + ": " + failure.getMessage(), failure);
        }
    }

    /** All that stand for an id: what is pulled again, or pushed and pulled, may have several. */
    List<String> of(String id) {
        return allById().getOrDefault(id, List.of());
    }

    Map<String, List<String>> allById() {
        Map<String, List<String>> byId = new TreeMap<>();
        all().forEach((name, id) -> id.ifPresent(
                known -> byId.computeIfAbsent(known, first -> new ArrayList<>()).add(name)));
        return byId;
    }

    /** Names by the ids that they stand for; the last one of those that have several. */
    Map<String, String> byId() {
        Map<String, String> byId = new TreeMap<>();
        all().forEach((name, id) -> id.ifPresent(known -> byId.put(known, name)));
        return byId;
    }

    /** It lasts from now on. */
    void give(String name, String id) throws IOException {
        WholeFile.keep(file(name), id);
    }

    void remove(String name) throws IOException {
        Folders.delete(file(name));
    }

    void removeAllOf(String id) throws IOException {
        for (String name : of(id)) {
            remove(name);
        }
    }

    static boolean isName(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    }
}
