package dev.paddock.oci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.oci.image.BaseImage;
import dev.paddock.oci.image.EngineImage;
import dev.paddock.oci.registry.ImageName;
import dev.paddock.oci.registry.RegistryBase;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which image of PostgreSQL a snapshot's data is laid on, and where that is found: an engine at hand, else a registry. */
record BaseChoice(PaddockHome home, Map<String, String> environment, Progress progress, Path scratch) {
    private static final String DATA_ALONE = "; or push the data alone with --data-only";

    /** @return to be closed by the caller */
    BaseImage of(Snapshot snapshot, Optional<String> wanted, String what) throws IOException {
        List<String> candidates = candidates(snapshot, wanted);
        Optional<EngineImage> ofEngine = InEngine.firstOf(candidates, home, progress);
        return fitting(
                snapshot, ofEngine.isPresent() ? ofEngine.get() : ofRegistry(snapshot, wanted, what, candidates), what);
    }

    /**
     * One of an engine at hand, and of no registry.
     *
     * @return to be closed by the caller
     */
    EngineImage ofEngine(Snapshot snapshot, Optional<String> wanted, String what) throws IOException {
        List<String> candidates = candidates(snapshot, wanted);
        EngineImage base = InEngine.firstOf(candidates, home, progress)
                .orElseThrow(() -> new PaddockException(
                        what + ": no engine at hand has the image " + String.join(" or ", candidates)
                                + " to lay its data on",
                        "pull it, or build it with: paddock image build --postgres "
                                + snapshot.manifest().version().major()));
        return fitting(snapshot, base, what);
    }

    private static List<String> candidates(Snapshot snapshot, Optional<String> wanted) {
        int major = snapshot.manifest().version().major();
        return wanted.map(List::of).orElseGet(() -> List.of("postgres:" + major, "paddock/postgres:" + major));
    }

    private static <T extends BaseImage> T fitting(Snapshot snapshot, T base, String what) throws IOException {
        try {
            requireFit(snapshot, base, what);
            requireSameOrder(snapshot, base, what);
            return base;
        } catch (IOException | RuntimeException failure) {
            close(base);
            throw failure;
        }
    }

    private BaseImage ofRegistry(Snapshot snapshot, Optional<String> wanted, String what, List<String> candidates) {
        if (wanted.isEmpty() || !ImageName.namesRegistry(wanted.get())) {
            throw new PaddockException(
                    what + ": no engine at hand has the image " + String.join(" or ", candidates)
                            + " to lay its data on",
                    "name one in a registry, as in: --base registry.example.com/postgres:"
                            + snapshot.manifest().version().major() + DATA_ALONE);
        }
        return RegistryBase.open(
                ImageName.parse(wanted.get()),
                what + ": its base can't be had",
                architecture(snapshot),
                environment,
                home,
                scratch,
                progress);
    }

    static String architecture(Snapshot snapshot) {
        return snapshot.manifest().platform().map(DataPlatform::architecture).orElseGet(DataPlatform::hostArchitecture);
    }

    private static void requireFit(Snapshot snapshot, BaseImage base, String what) {
        Manifest manifest = snapshot.manifest();
        String written = architecture(snapshot);
        JsonNode configuration = base.configuration();
        String architecture = configuration.path("architecture").asText();
        if (!architecture.equals(written)) {
            throw new PaddockException(
                    what + ": its data was written on " + written + ", and " + base.reference() + " is for "
                            + architecture,
                    "name a base for " + written + " with --base");
        }
        for (JsonNode variable : configuration.path("config").path("Env")) {
            String major = variable.asText().replaceFirst("^PG_MAJOR=", "");
            if (variable.asText().startsWith("PG_MAJOR=")
                    && !major.equals(Integer.toString(manifest.version().major()))) {
                throw new PaddockException(
                        what + ": its data is PostgreSQL " + manifest.version() + "'s, and " + base.reference()
                                + " is PostgreSQL " + major,
                        "name a base of PostgreSQL " + manifest.version().major() + " with --base");
            }
        }
    }

    /** Whoever runs the image without Paddock has nobody who would rebuild the indexes. */
    private static void requireSameOrder(Snapshot snapshot, BaseImage base, String what) throws IOException {
        Manifest manifest = snapshot.manifest();
        boolean ofCodePoints = manifest.format().locale().matches("(builtin:)?(C|POSIX)(\\..*)?");
        if (ofCodePoints || manifest.platform().equals(base.platform())) {
            return;
        }
        throw new PaddockException(
                what + ": its text is ordered by "
                        + manifest.platform().map(DataPlatform::toString).orElse("an unknown platform") + ", and "
                        + base.reference() + " is "
                        + base.platform().map(DataPlatform::toString).orElse("one that can't be told"),
                "rebuild it first, with: paddock snapshot create NAME --engine docker --image " + base.reference()
                        + " --snapshot " + snapshot.label() + DATA_ALONE);
    }

    private static void close(BaseImage base) {
        try {
            base.close();
        } catch (IOException nothingToSave) {
            // What failed before is told.
        }
    }
}
