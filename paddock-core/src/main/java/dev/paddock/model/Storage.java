package dev.paddock.model;

import java.nio.file.Path;

/** Where a server keeps its data. */
public sealed interface Storage {

    /**
     * In memory; gone with the server.
     *
     * @param limit how much it may hold besides its snapshot's own data, which may have to be copied to be changed
     */
    record InMemory(ByteSize limit) implements Storage {
        @Override
        public String toString() {
            return "memory (" + limit + ")";
        }
    }

    /** In a folder of the user's, that outlives the server and that a later one continues. */
    record OnDisk(Path folder) implements Storage {
        public OnDisk {
            folder = folder.toAbsolutePath().normalize();
        }

        @Override
        public String toString() {
            return folder.toString();
        }
    }

    /** In memory, up to a size that a test rarely needs and a laptop always has. */
    static Storage inMemory() {
        return new InMemory(ByteSize.ofMegabytes(1024));
    }
}
