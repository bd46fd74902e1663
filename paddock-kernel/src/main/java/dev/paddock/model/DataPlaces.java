package dev.paddock.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where images of PostgreSQL keep data by themselves. Paddock keeps a server's data elsewhere, so what is mounted at one of these places would hold none
 * of it, and whoever mounted it would find that out when the data is gone.
 */
public final class DataPlaces {
    /** Of the official images up to 17; those of 18, and Debian, have a folder for each version. */
    private static final Path USUAL = Path.of("/var/lib/postgresql/data");

    private static final Pattern OF_A_VERSION = Pattern.compile("/var/lib/postgresql/\\d+(/.*)?");

    private DataPlaces() {}

    /** @throws InvalidSpecException if something is mounted where images usually keep data, above it, or in it */
    public static void requireApart(Mount mount) {
        requireApart(mount, Set.of());
    }

    /**
     * Like {@link #requireApart(Mount)}, of an image that is known.
     *
     * @param places where it keeps data, too
     */
    public static void requireApart(Mount mount, Collection<String> places) {
        hidden(Path.of(mount.target()).normalize(), places).ifPresent(place -> {
            throw new InvalidSpecException(
                    "what is mounted at " + mount.target() + " would hold no data of the server: images keep theirs at "
                            + place + ", Paddock keeps it elsewhere",
                    instead(mount));
        });
    }

    private static Hint instead(Mount mount) {
        String otherwise = "leave it out: the data is in memory unless it is to be on a disk or in a volume";
        if (mount instanceof Mount.Volume volume) {
            return Hint.giving("to keep the data in that volume, write {}", Term.DISK_VOLUME, volume.name())
                    .or(otherwise);
        }
        return mount instanceof Mount.Bind bind
                ? Hint.giving(
                                "to keep the data in that folder, write {}",
                                Term.DISK,
                                bind.source().toString())
                        .or(otherwise)
                : Hint.of(otherwise);
    }

    private static Optional<Path> hidden(Path target, Collection<String> places) {
        if (OF_A_VERSION.matcher(target.toString()).matches()) {
            return Optional.of(target);
        }
        List<Path> all = new ArrayList<>(List.of(USUAL));
        places.forEach(place -> all.add(Path.of(place).normalize()));
        return all.stream()
                .filter(place -> place.startsWith(target) || target.startsWith(place))
                .findFirst();
    }
}
