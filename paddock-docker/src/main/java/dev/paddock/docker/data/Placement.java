package dev.paddock.docker.data;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import dev.paddock.docker.container.SentData;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.docker.image.SnapshotImages;
import dev.paddock.model.ByteSize;
import dev.paddock.oci.layer.Owner;
import dev.paddock.postgres.DiskFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Where a container has its data directory, and so whom PostgreSQL runs as, for it must own that. */
public sealed interface Placement {
    /** What recovery may write. */
    ByteSize TO_RECOVER = ByteSize.ofMegabytes(1024);

    /** The data directory as the container sees it. */
    String data();

    default Owner owner(ImageFacts image) {
        return image.owner();
    }

    /** As users are told of it. */
    String storage();

    /** The signal that ends a server when its owner closes it or is gone. */
    default String ending() {
        return "QUIT";
    }

    default Optional<DiskFolder> disk() {
        return Optional.empty();
    }

    default Optional<DataVolume> volume() {
        return Optional.empty();
    }

    /** What is bound into the container for it. */
    default List<Bind> binds() {
        return List.of();
    }

    /** The archive that it is unpacked from, if it is. */
    default Optional<Path> unpacked() {
        return Optional.empty();
    }

    /** Where memory is mounted for it, with the options of that. */
    default Map<String, String> memory() {
        return Map.of();
    }

    /** For a server that is there for a moment only, to recover data and leave it to be packed again. */
    static Placement ofSent(SentData data) {
        Optional<ByteSize> packed = data.packedSize();
        return packed.filter(size -> size.bytes() <= CloneMethod.MOST_COPIED.bytes())
                .<Placement>map(size -> new Memory(new ByteSize(size.bytes() + TO_RECOVER.bytes()), data.source()))
                .orElseGet(Layer::new);
    }

    /** The image's, changed in the container's own layer: nothing is copied before it is written to. */
    record Layer() implements Placement {
        @Override
        public String data() {
            return SnapshotImages.DATA;
        }

        @Override
        public String storage() {
            return CloneMethod.OVERLAY.toString();
        }
    }

    /**
     * Unpacked into memory.
     *
     * @param archive of a data directory, with names that begin with {@code ./}
     */
    record Memory(ByteSize limit, Path archive) implements Placement {
        /** Root's, since not every engine mounts memory for anybody else; the data directory is a folder in it. */
        private static final String MOUNTED = "/var/lib/paddock/memory";

        @Override
        public String data() {
            return MOUNTED + "/data";
        }

        @Override
        public String storage() {
            return CloneMethod.COPY.toString();
        }

        @Override
        public Map<String, String> memory() {
            return Map.of(MOUNTED, "rw,noexec,nosuid,mode=1777,size=" + limit.bytes());
        }

        @Override
        public Optional<Path> unpacked() {
            return Optional.of(archive);
        }
    }

    /** In a folder of the user's, whose files belong to whom they would belong to on the embedded engine. */
    record Folder(DiskFolder folder, Owner owner) implements Placement {
        @Override
        public String data() {
            return SnapshotImages.DATA;
        }

        @Override
        public Owner owner(ImageFacts image) {
            OptionalInt own = folder.account();
            return own.isPresent() ? new Owner(own.getAsInt(), owner.gid()) : owner;
        }

        @Override
        public String storage() {
            return "disk";
        }

        @Override
        public String ending() {
            return "INT";
        }

        @Override
        public Optional<DiskFolder> disk() {
            return Optional.of(folder);
        }

        @Override
        public List<Bind> binds() {
            return List.of(new Bind(folder.data().toString(), new Volume(data()), AccessMode.rw, SELContext.single));
        }
    }

    /** In a volume of the user's, or in a folder with data that was there before Paddock. */
    record InVolume(DataVolume held) implements Placement {
        @Override
        public String data() {
            return held.data();
        }

        @Override
        public Owner owner(ImageFacts image) {
            return held.owner().orElse(image.owner());
        }

        @Override
        public String storage() {
            return held.isFolder() ? "disk" : "volume";
        }

        @Override
        public String ending() {
            return "INT";
        }

        @Override
        public Optional<DataVolume> volume() {
            return Optional.of(held);
        }

        @Override
        public List<Bind> binds() {
            return List.of(held.bind());
        }
    }
}
