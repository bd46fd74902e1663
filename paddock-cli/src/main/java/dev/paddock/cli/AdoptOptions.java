package dev.paddock.cli;

import dev.paddock.model.ExistingData;
import dev.paddock.model.InvalidSpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options that name data which was there before Paddock. */
final class AdoptOptions {
    private static final String FOLDER = "--from-folder";
    private static final String VOLUME = "--from-volume";
    private static final String CONTAINER = "--from-container";

    private AdoptOptions() {}

    static Grammar addTo(Grammar grammar) {
        return grammar.value(FOLDER, Grammar.DIR, "A stopped server's data that Paddock hasn't made; it is only read.")
                .value(VOLUME, "VOLUME", "The same, of a Docker volume.")
                .value(CONTAINER, "CONTAINER", "The same, of a container, which may run.");
    }

    /** @throws InvalidSpecException if several are named, or options beside it can't be meant */
    static Optional<ExistingData> read(Arguments given) {
        List<ExistingData> named = new ArrayList<>();
        given.value(FOLDER).ifPresent(path -> named.add(new ExistingData.InFolder(GivenPath.of(FOLDER, path))));
        given.value(VOLUME).ifPresent(name -> named.add(new ExistingData.InVolume(name)));
        given.value(CONTAINER).ifPresent(name -> named.add(new ExistingData.OfContainer(name)));
        if (named.size() > 1) {
            throw new InvalidSpecException(
                    named.get(0) + " and " + named.get(1) + " contradict each other", "name one of them");
        }
        if (!named.isEmpty()) {
            SpecOptions.requireForReading(given);
        }
        return named.stream().findFirst();
    }
}
