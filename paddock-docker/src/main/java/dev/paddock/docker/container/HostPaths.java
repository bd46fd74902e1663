package dev.paddock.docker.container;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files and folders of Paddock's on this machine that a container is to see. As a mount, an engine refuses one that it doesn't have; as a bind it would
 * make an empty folder of that name. But only a bind can be labelled, which SELinux wants.
 */
final class HostPaths {
    private static final Path SELINUX = Path.of("/sys/fs/selinux/enforce");

    private HostPaths() {}

    /** For this container to write to, and no other. */
    static void own(HostConfig host, Path path, String target) {
        add(host, path, target, AccessMode.rw, SELContext.single);
    }

    /** For any container to read. */
    static void shared(HostConfig host, Path path, String target) {
        add(host, path, target, AccessMode.ro, SELContext.shared);
    }

    private static void add(HostConfig host, Path path, String target, AccessMode mode, SELContext label) {
        if (Files.exists(SELINUX)) {
            List<Bind> binds = new ArrayList<>(host.getBinds() == null ? List.of() : List.of(host.getBinds()));
            binds.add(new Bind(path.toString(), new Volume(target), mode, label));
            host.withBinds(binds);
        } else {
            List<Mount> mounts = new ArrayList<>(host.getMounts() == null ? List.of() : host.getMounts());
            mounts.add(new Mount()
                    .withType(MountType.BIND)
                    .withSource(path.toString())
                    .withTarget(target)
                    .withReadOnly(mode == AccessMode.ro));
            host.withMounts(mounts);
        }
    }
}
