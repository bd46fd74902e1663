package dev.paddock.docker;

import com.github.dockerjava.api.model.Info;
import dev.paddock.engine.Diagnosis;
import dev.paddock.engine.Diagnosis.Finding;
import dev.paddock.model.PaddockException;
import java.util.List;
import java.util.Set;

/**
 * What this engine can do on a Docker Engine.
 *
 * @param info what that tells of itself
 * @param address where it is
 */
record Capabilities(Info info, String address) {
    private static final Set<String> KEEP_LINKS_APART = Set.of("overlay2", "overlayfs");

    /** Whether what is one file by several names in an image is several files once it is written to. */
    static boolean keepsLinksApart(Info info) {
        return KEEP_LINKS_APART.contains(String.valueOf(info.getDriver()));
    }

    Diagnosis toDiagnosis() {
        String driver = String.valueOf(info.getDriver());
        return new Diagnosis(
                DockerEngine.NAME,
                List.of(
                        new Finding("docker", true, "version " + info.getServerVersion() + " at " + address),
                        new Finding(
                                Diagnosis.SERVER, true, "in a container; none was started, for that takes an image"),
                        new Finding(
                                "storage.overlay",
                                true,
                                "a layer of the engine's driver " + driver + ", for large snapshots"),
                        new Finding("storage.copy", true, "a tmpfs, limited by --memory"),
                        new Finding(
                                "database.copies",
                                keepsLinksApart(info),
                                keepsLinksApart(info)
                                        ? "those of large templates are in the snapshot already"
                                        : "the driver " + driver + " isn't known to keep links apart"),
                        new Finding("storage.disk", true, "a folder of yours, mounted into the container"),
                        new Finding("storage.volume", true, "a volume of the engine's, by its name"),
                        new Finding("adopt", true, "clones of data in volumes, folders and containers"),
                        new Finding("services", true, "containers beside it, on a network of their own"),
                        new Finding("containers", true, "of any image that follows the official one"),
                        new Finding("extensions.folder", false, "an image has its extensions in it")));
    }

    /** Of an engine that doesn't answer nothing else is known. */
    static Diagnosis none(PaddockException absent) {
        return new Diagnosis(DockerEngine.NAME, List.of(Finding.missing("docker", absent)));
    }
}
