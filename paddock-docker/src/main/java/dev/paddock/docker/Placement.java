package dev.paddock.docker;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import dev.paddock.model.ByteSize;
import dev.paddock.oci.layer.Owner;
import dev.paddock.server.DiskFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a container has its data directory, and so whom PostgreSQL runs as, for it must own that. */
sealed interface Placement {

    /** The data directory as the container sees it. */
    String data();

    Owner owner(ImageFacts image);

    /** As users are told of it. */
    String storage();

    /** The signal that ends a server when its owner closes it or is gone. */
    default String ending() {
        return "QUIT";
    }

    default Optional<DiskFolder> disk() {
        return Optional.empty();
    }

    void mount(HostConfig host, ImageFacts image);

    /** The image's, changed in the container's own layer: nothing is copied before it is written to. */
    record Layer() implements Placement {
        @Override
        public String data() {
            return SnapshotImages.DATA;
        }

        @Override
        public Owner owner(ImageFacts image) {
            return image.owner();
        }

        @Override
        public String storage() {
            return CloneMethod.OVERLAY.toString();
        }

        @Override
        public void mount(HostConfig host, ImageFacts image) {}
    }

    /** A copy of the image's in memory. */
    record Memory(ByteSize limit) implements Placement {
        @Override
        public String data() {
            return "/var/lib/paddock/memory";
        }

        @Override
        public Owner owner(ImageFacts image) {
            return image.owner();
        }

        @Override
        public String storage() {
            return CloneMethod.COPY.toString();
        }

        @Override
        public void mount(HostConfig host, ImageFacts image) {
            Owner owner = owner(image);
            host.withTmpFs(Map.of(
                    data(),
                    "rw,noexec,nosuid,mode=0700,size=" + limit.bytes() + ",uid=" + owner.uid() + ",gid="
                            + owner.gid()));
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
        public void mount(HostConfig host, ImageFacts image) {
            List<Bind> binds = new ArrayList<>(Arrays.asList(host.getBinds()));
            binds.add(new Bind(folder.data().toString(), new Volume(data()), AccessMode.rw, SELContext.single));
            host.withBinds(binds);
        }
    }
}
