package dev.paddock.oci.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.model.DataPlatform;
import dev.paddock.oci.layer.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** An image of PostgreSQL that the data of a snapshot is to be laid on. Closed by whoever found it. */
public interface BaseImage extends AutoCloseable {

    /** As it was asked for. */
    String reference();

    /** Where it was found, for people: {@code the Docker Engine}. */
    String place();

    /** Its configuration, as images have it. The caller's to change. */
    ObjectNode configuration();

    /** Lowest first. */
    List<BaseLayer> layers();

    /** Whom PostgreSQL runs as in it. */
    Owner owner() throws IOException;

    /** What it would have written its data on, as far as can be told. */
    Optional<DataPlatform> platform() throws IOException;

    /** One of its layers. */
    interface BaseLayer {
        /** The digest of its content, without compression. */
        String diffId();

        /** How it is stored in the registry that it is in, if it is in one. */
        Optional<Descriptor> stored();

        /** Its content, compressed or not; closed by the caller. */
        InputStream open() throws IOException;
    }

    @Override
    void close() throws IOException;
}
