package dev.paddock.docker.data;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.docker.image.SnapshotImages;
import dev.paddock.model.ByteSize;
import dev.paddock.oci.layer.Owner;
import dev.paddock.server.DiskFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a container has its data directory, and so whom PostgreSQL runs as, for it must own that. */
public sealed interface Placement {

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

    /** Where memory is mounted for it, with the options of that. */
    default Map<String, String> memory(ImageFacts image) {
        return Map.of();
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

    /** A copy of the image's in memory. */
    record Memory(ByteSize limit) implements Placement {
        @Override
        public String data() {
            return "/var/lib/paddock/memory";
        }

        @Override
        public String storage() {
            return CloneMethod.COPY.toString();
        }

        @Override
        public Map<String, String> memory(ImageFacts image) {
            Owner owner = owner(image);
            return Map.of(
                    data(),
                    "rw,noexec,nosuid,mode=0700,size=" + limit.bytes() + ",uid=" + owner.uid() + ",gid=" + owner.gid());
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
            return owner;
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

    /** In a volume of the user's. */
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
            return "volume";
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
