package dev.paddock.docker.data;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import dev.paddock.docker.container.Handle;
import dev.paddock.oci.layer.Owner;
import java.util.Map;
import java.util.Optional;

/**
 * A volume, or a folder, of the user's with a data directory in it.
 *
 * @param name as the engine binds it: what a volume is called, or a folder's path
 * @param path of the data directory in it; empty if it is all of it
 * @param owner whose the files are, if that is known
 * @param superuser who is asked what is not the server's user's to say
 * @param adopted whether it was there before Paddock, and is to stay as it is
 */
public record DataVolume(String name, String path, Optional<Owner> owner, String superuser, boolean adopted) {
    static final String INSIDE = "/var/lib/paddock/volume";
    /** Where the data is in one that Paddock fills. */
    static final String OWN_PATH = "data";

    private static final String SUPERUSER = "postgres";

    /** One that Paddock fills, or has filled. */
    static DataVolume own(String name) {
        return new DataVolume(name, OWN_PATH, Optional.empty(), SUPERUSER, false);
    }

    public DataVolume of(Optional<Owner> files) {
        return new DataVolume(name, path, files, superuser, adopted);
    }

    boolean isFolder() {
        return name.startsWith("/");
    }

    /** As the container sees it. */
    String data() {
        return path.isEmpty() ? INSIDE : INSIDE + "/" + path;
    }

    Bind bind() {
        return new Bind(name, new Volume(INSIDE), AccessMode.rw);
    }

    public void describe(Map<String, String> handle) {
        handle.put("volume", name);
        handle.put("path", path);
        handle.put("superuser", superuser);
        handle.put("adopted", Boolean.toString(adopted));
    }

    public static Optional<DataVolume> of(Handle handle) {
        return handle.find("volume")
                .map(name -> new DataVolume(
                        name,
                        handle.fact("path"),
                        Optional.empty(),
                        handle.fact("superuser"),
                        Boolean.parseBoolean(handle.fact("adopted"))));
    }
}
