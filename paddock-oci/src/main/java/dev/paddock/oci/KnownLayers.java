package dev.paddock.oci;

import dev.paddock.home.CheckedFile;
import dev.paddock.home.PaddockHome;
import dev.paddock.oci.image.Compression;
import dev.paddock.oci.image.Descriptor;
import dev.paddock.oci.image.StoredLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** What layers were called when they were compressed before, so that a registry can be asked for them first. In the cache. */
final class KnownLayers {
    private final Path folder;
    private final Compression compression;

    KnownLayers(PaddockHome home, Compression compression) {
        this.folder = home.cacheFolder("image-layers");
        this.compression = compression;
    }

    /** @param key tells the content from any other */
    Optional<StoredLayer> find(String key) {
        return new CheckedFile(file(key)).read().map(text -> {
            String[] facts = text.split(" ");
            return new StoredLayer(
                    new Descriptor(compression.mediaType(), facts[0], Long.parseLong(facts[1])), facts[2]);
        });
    }

    void remember(String key, StoredLayer layer) throws IOException {
        new CheckedFile(file(key))
                .write(layer.descriptor().digest() + " " + layer.descriptor().size() + " " + layer.diffId());
    }

    private Path file(String key) {
        byte[] text = (compression + "\n" + key).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return folder.resolve(HexFormat.of().formatHex(StoredLayer.sha256().digest(text)));
    }
}
