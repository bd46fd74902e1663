package dev.paddock.docker.server;

import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.model.ByteSize;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the file system of a server's data has left, as its container sees it: the host sees neither the memory that is mounted there nor, as a
 * rule, the disk of the engine.
 */
final class Room {
    /** Of the last line of {@code df -Pk}: what is available, and how much of all is used. */
    private static final Pattern AVAILABLE = Pattern.compile("\\s(\\d+)\\s+\\d+%\\s+\\S+\\s*$");

    private static final String ANSWER = "room";
    private static final int LONGEST = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Room() {}

    /** Asked of its script, which takes a few milliseconds where to run something by way of the engine takes a tenth of a second. */
    static ByteSize of(Container container, Place place) {
        container.tell("room");
        OwnFolder own = place.own();
        Deadline.in(PATIENCE).await(() -> !container.isRunning() || own.isSaid(ANSWER));
        return parsed(own.take(ANSWER).map(Room::read).orElse(""), place);
    }

    /** Of a server whose script listens to nobody any more. */
    static ByteSize of(Containers containers, Place place) {
        return parsed(
                containers.runInside(
                        place.container(), List.of("df", "-Pk", place.data()), "to see what room a server has"),
                place);
    }

    private static String read(Path answer) {
        try (InputStream in = Files.newInputStream(answer)) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static ByteSize parsed(String told, Place place) {
        return Optional.of(AVAILABLE.matcher(told))
                .filter(Matcher::find)
                .map(found -> new ByteSize(Math.max(1, Long.parseLong(found.group(1)) * 1024)))
                .orElseThrow(() -> new PaddockException(
                        "the container " + place.container().substring(0, 12) + " doesn't tell what room it has"));
    }
}
