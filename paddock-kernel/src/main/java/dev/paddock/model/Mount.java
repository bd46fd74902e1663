package dev.paddock.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Something of the host's that a container sees. */
public sealed interface Mount {

    /** Absolute, as the container sees it. */
    String target();

    boolean readOnly();

    /**
     * A volume of the engine's, made if there is none of that name.
     *
     * @param driver if absent the engine's own
     * @param options of the driver
     */
    record Volume(
            String name,
            String target,
            boolean readOnly,
            Optional<String> driver,
            Map<String, String> options,
            Map<String, String> labels)
            implements Mount {
        public Volume {
            Storage.InVolume.requireName(name);
            requireTarget(target);
            options = Map.copyOf(options);
            labels = Map.copyOf(labels);
        }
    }

    /** A folder or file of the host's, which must exist. */
    record Bind(Path source, String target, boolean readOnly, SeLinuxLabel label) implements Mount {
        public Bind {
            source = source.toAbsolutePath().normalize();
            requireTarget(target);
        }
    }

    /** Memory; gone with the container. */
    record Tmpfs(String target, ByteSize size) implements Mount {
        public Tmpfs {
            requireTarget(target);
        }

        @Override
        public boolean readOnly() {
            return false;
        }
    }

    /** What becomes of a bound folder's label where SELinux is in force. */
    enum SeLinuxLabel {
        /** Stays as it is. */
        NONE,
        /** May be shared by containers: {@code z}. */
        SHARED,
        /** This container's alone: {@code Z}. */
        PRIVATE
    }

    private static void requireTarget(String target) {
        if (!target.startsWith("/") || target.equals("/")) {
            throw new InvalidSpecException(
                    "'" + target + "' can't be where something is mounted in a container",
                    "name an absolute path below /");
        }
    }
}
