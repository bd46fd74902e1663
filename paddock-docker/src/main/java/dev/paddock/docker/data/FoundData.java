package dev.paddock.docker.data;

import dev.paddock.docker.image.ImageFacts;
import dev.paddock.docker.image.Origin;
import dev.paddock.home.Folders;
import dev.paddock.model.ByteSize;
import dev.paddock.model.DataFormat;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.oci.layer.Owner;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A data directory that was found in a volume or a folder.
 *
 * @param path below it; empty if it is all of it
 * @param clean whether its server shut it down in order
 * @param standby whether it follows another server
 * @param closed whether its owner can't pass through what is above it
 */
public record FoundData(
        String path, int major, Owner owner, ByteSize walSegment, boolean clean, boolean standby, boolean closed) {
    /** The id of what it is described as before a server has been started on it. */
    public static final String UNKNOWN = "adopted";

    private static final List<String> SHUT_DOWN = List.of("1", "2");

    /**
     * What a look found.
     *
     * @param entries all that is in it, by name
     * @param manifest Paddock's own description of it, line by line
     * @param marked whether it is said which data in it was never made complete
     */
    record Look(List<String> entries, List<String> manifest, boolean marked, List<FoundData> data) {

        /**
         * The one that there is.
         *
         * @param where as users call it
         */
        FoundData only(String where) {
            if (data.isEmpty()) {
                throw new PaddockException(
                        where + " holds no data directory of PostgreSQL"
                                + (entries.isEmpty() ? ": it is empty" : ", but " + String.join(", ", entries)),
                        "name the volume or folder that the server's data is in");
            }
            if (data.size() > 1) {
                throw new PaddockException(
                        where + " holds several data directories: "
                                + String.join(
                                        ", ", data.stream().map(FoundData::path).toList()),
                        "name one of them as a folder");
            }
            return data.get(0);
        }
    }

    /**
     * Reads what the script tells, which is what an image makes of it: no path of that leads out of the place, and nobody else's data is told of.
     *
     * @param owner of the data, as the engine knows
     */
    static Look read(List<String> facts, Owner owner) {
        List<String> entries = new ArrayList<>();
        List<String> manifest = new ArrayList<>();
        List<FoundData> data = new ArrayList<>();
        Map<String, String> one = new HashMap<>();
        boolean marked = false;
        for (String line : facts) {
            String[] fact = line.split("=", 2);
            if (fact.length < 2) {
                continue;
            }
            switch (fact[0]) {
                case "entry" -> entries.add(fact[1]);
                case "manifest" -> manifest.add(fact[1]);
                case "mark" -> marked = true;
                case "path" -> {
                    add(data, one, owner);
                    one = new HashMap<>(Map.of("path", fact[1]));
                }
                default -> one.put(fact[0], fact[1]);
            }
        }
        add(data, one, owner);
        entries.remove("lost+found");
        return new Look(List.copyOf(entries), List.copyOf(manifest), marked, List.copyOf(data));
    }

    private static void add(List<FoundData> data, Map<String, String> facts, Owner owner) {
        String uid = Integer.toString(owner.uid());
        if (!facts.containsKey("path")
                || !isInside(facts.get("path"))
                || isDraft(facts.get("path").split("/", 2)[0])
                || !uid.equals(facts.getOrDefault("uid", uid))) {
            return;
        }
        String segment = facts.getOrDefault("segment", "");
        data.add(new FoundData(
                facts.getOrDefault("path", ""),
                major(facts.getOrDefault("version", "")),
                owner,
                segment.matches("[1-9]\\d{0,9}") ? new ByteSize(Long.parseLong(segment)) : ByteSize.ofMegabytes(16),
                SHUT_DOWN.contains(facts.getOrDefault("state", "")) && !facts.containsKey("running"),
                facts.containsKey("standby"),
                false));
    }

    /** The same, where only the data directory itself can be shown to its owner. */
    FoundData behindClosed(String there) {
        return new FoundData(there, major, owner, walSegment, clean, standby, true);
    }

    /** Whether it is of a copy that Paddock was making when it was killed, by the name at the top of the place. */
    static boolean isDraft(String first) {
        return !first.isEmpty() && Folders.isDraft(Path.of(first));
    }

    private static boolean isInside(String path) {
        return path.isEmpty()
                || (path.chars().noneMatch(Character::isISOControl)
                        && Stream.of(path.split("/", -1))
                                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals("..")));
    }

    /** Up to 9.6 its versions have a point. */
    static int major(String version) {
        String digits = version.strip().split("\\.", 2)[0];
        if (!digits.matches("\\d{1,4}")) {
            throw new PaddockException("PG_VERSION of the data says '" + version + "', which is no version");
        }
        return Integer.parseInt(digits);
    }

    /**
     * What is known of it before a server has been started on it, as if it were a snapshot.
     *
     * @param image what is to run it
     * @param folder for the description
     */
    public Snapshot asSnapshot(ImageFacts image, ServerSpec spec, Path folder) {
        Manifest manifest = new Manifest(
                UNKNOWN,
                Kind.CAPTURED,
                image.version(),
                Origin.of(image),
                Optional.of(image.platform()),
                DataFormat.DEFAULT.withWalSegment(walSegment),
                spec.user().orElse("postgres"),
                spec.database().orElse("postgres"),
                Optional.empty(),
                0,
                Instant.now(),
                0,
                0,
                0);
        Snapshot described = new Snapshot(Optional.empty(), manifest, folder);
        try {
            described.describe(folder);
            return described;
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + folder + ": " + failure.getMessage(), failure);
        }
    }
}
