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
 * Files and folders of this machine that a container is to see. As a mount, an engine refuses one that it doesn't have; as a bind it would
 * make an empty folder of that name. But only a bind can be labelled, which SELinux wants.
 */
public final class HostPaths {
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

    /** Those of the user's and volumes. A bind is one text with colons in it, so a path that has one itself is mounted instead. */
    public static void bind(HostConfig host, List<Bind> binds) {
        List<Bind> plain = new ArrayList<>();
        for (Bind bind : binds) {
            if (bind.getPath().contains(":")) {
                mount(host, bind.getPath(), bind.getVolume().getPath(), bind.getAccessMode());
            } else {
                plain.add(bind);
            }
        }
        host.withBinds(plain);
    }

    private static void add(HostConfig host, Path path, String target, AccessMode mode, SELContext label) {
        if (Files.exists(SELINUX) && !path.toString().contains(":")) {
            List<Bind> binds = new ArrayList<>(host.getBinds() == null ? List.of() : List.of(host.getBinds()));
            binds.add(new Bind(path.toString(), new Volume(target), mode, label));
            host.withBinds(binds);
        } else {
            mount(host, path.toString(), target, mode);
        }
    }

    private static void mount(HostConfig host, String source, String target, AccessMode mode) {
        List<Mount> mounts = new ArrayList<>(host.getMounts() == null ? List.of() : host.getMounts());
        mounts.add(new Mount()
                .withType(MountType.BIND)
                .withSource(source)
                .withTarget(target)
                .withReadOnly(mode == AccessMode.ro));
        host.withMounts(mounts);
    }
}
