package dev.paddock.model;

import dev.paddock.model.Mount.SeLinuxLabel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Volumes and the host's files as Docker's users write them: {@code source:/target:ro}. */
public final class MountText {
    private static final String HINT = "write it as name:/path, ./folder:/path or ./folder:/path:ro";

    private MountText() {}

    /**
     * Reads one.
     *
     * @param place which file or folder of the host's a text means that begins with a dot or a slash
     */
    public static Mount read(String text, Function<String, Path> place) {
        List<String> parts = List.of(text.split(":", -1));
        if (parts.size() < 2 || parts.size() > 3 || parts.get(0).isEmpty()) {
            throw new InvalidSpecException("'" + text + "' is not a volume and where it is to be seen", HINT);
        }
        List<String> options =
                parts.size() < 3 ? List.of() : List.of(parts.get(2).split(","));
        for (String option : options) {
            if (!List.of("ro", "rw", "z", "Z").contains(option)) {
                throw new InvalidSpecException(
                        "'" + option + "' is no option of a volume", "known are ro, rw, z and Z");
            }
        }
        String source = parts.get(0);
        boolean readOnly = options.contains("ro");
        if (source.startsWith("/") || source.startsWith(".")) {
            Path path = place.apply(source);
            if (!Files.exists(path)) {
                throw new InvalidSpecException("there is no " + path, "make it first: what is missing is not made");
            }
            SeLinuxLabel label = options.contains("Z")
                    ? SeLinuxLabel.PRIVATE
                    : options.contains("z") ? SeLinuxLabel.SHARED : SeLinuxLabel.NONE;
            return new Mount.Bind(path, parts.get(1), readOnly, label);
        }
        if (!source.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
            throw new InvalidSpecException("'" + source + "' can't be the name of a volume", HINT);
        }
        return new Mount.Volume(source, parts.get(1), readOnly, Optional.empty(), Map.of(), Map.of());
    }
}
