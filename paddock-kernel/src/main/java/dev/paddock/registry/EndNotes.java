package dev.paddock.registry;

import dev.paddock.home.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where whoever keeps a server is to tell how it ended: a file for each server, and not for each name. What is told of one, be it late, is never
 * taken for the end of the next of its name.
 */
record EndNotes(Path folder) {
    private static final String NOTE = ".end";
    /** What a keeper begins one as. */
    private static final String DRAFT = ".draft";

    Path of(ServerRecord server) {
        return folder.resolve(server.name() + "." + server.started().toEpochMilli() + NOTE);
    }

    /** Those of all servers that have had a name, and what was begun of them. */
    void removeAll(String name) throws IOException {
        Pattern notes = Pattern.compile(
                Pattern.quote(name) + "(\\.\\d+)?" + Pattern.quote(NOTE) + "(" + Pattern.quote(DRAFT) + ")?");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (notes.matcher(file.getFileName().toString()).matches()) {
                    Folders.delete(file);
                }
            }
        }
    }
}
