package dev.paddock.model;

import java.nio.file.Path;

/** Data of a server that was there before Paddock, and that a clone is to be made of. The original is only read. */
public sealed interface ExistingData {

    /** Of a stopped server, in this folder or below it. */
    record InFolder(Path folder) implements ExistingData {
        public InFolder {
            folder = folder.toAbsolutePath().normalize();
        }

        @Override
        public String toString() {
            return "the folder " + folder;
        }
    }

    /** Of a stopped server, in this volume or below its root. */
    record InVolume(String name) implements ExistingData {
        public InVolume {
            InvalidSpecException.ifEmpty(name, "the volume");
        }

        @Override
        public String toString() {
            return "the volume " + name;
        }
    }

    /**
     * Of a container that follows the official image's contract, running or stopped.
     *
     * @param name or id
     */
    record OfContainer(String name) implements ExistingData {
        public OfContainer {
            InvalidSpecException.ifEmpty(name, "the container");
        }

        @Override
        public String toString() {
            return "the container " + name;
        }
    }
}
