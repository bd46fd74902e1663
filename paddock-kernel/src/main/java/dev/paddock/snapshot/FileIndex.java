package dev.paddock.snapshot;

import dev.paddock.home.WholeFile;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The digest of each file of a snapshot, kept beside its data in the form that {@code sha256sum --check} reads. */
final class FileIndex {
    static final String FILE = "sha256sums";
    private static final int DIGEST = 64;

    private FileIndex() {}

    static void write(Path folder, Map<String, String> digests) throws IOException {
        List<String> lines = digests.entrySet().stream()
                .map(file -> file.getValue() + "  data/" + file.getKey())
                .toList();
        Files.write(folder.resolve(FILE), lines);
    }

    /** Empty for a folder that has none, whose files may change. */
    static Map<String, String> read(Path folder) {
        try {
            Map<String, String> digests = new HashMap<>();
            if (!Files.exists(folder.resolve(FILE))) {
                return digests;
            }
            for (String line : WholeFile.read(folder.resolve(FILE)).lines().toList()) {
                digests.put(line.substring(DIGEST + "  data/".length()), line.substring(0, DIGEST));
            }
            return digests;
        } catch (IOException | IndexOutOfBoundsException damaged) {
            throw new PaddockException(
                    "the snapshot in " + folder + " is damaged: its list of files can't be read ("
                            + damaged.getMessage() + ")",
                    "see what is wrong with: paddock snapshot verify",
                    damaged);
        }
    }
}
