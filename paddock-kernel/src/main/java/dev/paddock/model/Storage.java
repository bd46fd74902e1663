package dev.paddock.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a server keeps its data. */
public sealed interface Storage {

    /**
     * In memory; gone with the server.
     *
     * @param limit how much it may hold besides its snapshot's own data, which may have to be copied to be changed
     * @param strict whether the limit is to hold at any price; else an engine may do without it where it would first have to copy all data
     */
    record InMemory(ByteSize limit, boolean strict) implements Storage {
        /** With less no server of a connection or two has room to write. */
        private static final ByteSize LEAST = ByteSize.ofMegabytes(8);

        public InMemory {
            if (limit.compareTo(LEAST) < 0) {
                throw new InvalidSpecException(
                        "a server needs more memory for its data than " + limit,
                        "give it " + LEAST + " or more, and write the unit, as in 256MB");
            }
        }

        /** With a limit that holds. */
        public InMemory(ByteSize limit) {
            this(limit, true);
        }

        @Override
        public String toString() {
            return "memory (" + limit + ")";
        }
    }

    /**
     * In a folder of the user's, that outlives the server and that a later one continues. In containers, one with data that was there before Paddock
     * is run as it is, with the users and passwords that it has.
     */
    record OnDisk(Path folder) implements Storage {
        public OnDisk {
            folder = folder.toAbsolutePath().normalize();
        }

        @Override
        public String toString() {
            return folder.toString();
        }
    }

    /**
     * In a volume of the container engine's, that outlives the server and that a later one continues. An empty one is filled; one with data
     * that was there before Paddock is run as it is, with the users and passwords that it has.
     *
     * @param name of a volume that is made if there is none
     * @param driver if absent the engine's own
     * @param options of the driver
     * @param labels that it is to have besides Paddock's own, if it is made
     */
    record InVolume(String name, Optional<String> driver, Map<String, String> options, Map<String, String> labels)
            implements Storage {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]+");

        public InVolume {
            requireName(name);
            options = Map.copyOf(options);
            labels = Map.copyOf(labels);
        }

        static void requireName(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidSpecException(
                        "'" + name + "' can't be the name of a volume",
                        "use letters, digits, '_', '.' and '-', two or more");
            }
        }

        @Override
        public String toString() {
            return "volume " + name;
        }
    }

    /**
     * On the data of a stopped container of the engine's that was a server, in whatever volume or folder it has that: run as it is, with the
     * users and passwords that it has.
     *
     * @param name the container's, or its id
     */
    record OfContainer(String name) implements Storage {
        public OfContainer {
            InvalidSpecException.ifEmpty(name, "the container");
        }

        @Override
        public String toString() {
            return "the data of the container " + name;
        }
    }

    /** In the volume of this name, made by the engine's own driver if there is none. */
    static Storage inVolume(String name) {
        return new InVolume(name, Optional.empty(), Map.of(), Map.of());
    }

    /** In memory, up to a size that a test rarely needs and a laptop always has. */
    static Storage inMemory() {
        return new InMemory(ByteSize.ofMegabytes(1024), false);
    }
}
