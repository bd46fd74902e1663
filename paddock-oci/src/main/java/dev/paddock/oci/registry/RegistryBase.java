package dev.paddock.oci.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.home.CheckedFile;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.oci.image.BaseImage;
import dev.paddock.oci.image.Compression;
import dev.paddock.oci.image.Descriptor;
import dev.paddock.oci.image.ImageContent;
import dev.paddock.oci.layer.ForeignTar;
import dev.paddock.oci.layer.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** An image of PostgreSQL in a registry. Its layers are fetched only if they are needed. */
public final class RegistryBase implements BaseImage {
    private final ImageName name;
    private final RegistryConnection from;
    private final ObjectNode configuration;
    private final List<Descriptor> layers;
    private final Path scratch;
    private final Path facts;
    private final Progress progress;

    private RegistryBase(
            ImageName name,
            RegistryConnection from,
            ObjectNode configuration,
            List<Descriptor> layers,
            Path scratch,
            Path facts,
            Progress progress) {
        this.name = name;
        this.from = from;
        this.configuration = configuration;
        this.layers = layers;
        this.scratch = scratch;
        this.facts = facts;
        this.progress = progress;
    }

    /** @param scratch a folder for what is being moved */
    public static RegistryBase open(
            ImageName name,
            String what,
            String architecture,
            Map<String, String> environment,
            PaddockHome home,
            Path scratch,
            Progress progress) {
        RegistryConnection from = RegistryConnection.toPull(name, what, environment);
        try {
            RegistryConnection.PulledManifest manifest = from.manifest(name.qualifier(), architecture);
            Descriptor config = RegistryConnection.descriptor(manifest.json().path("config"));
            return new RegistryBase(
                    name,
                    from,
                    from.json(config),
                    RegistryConnection.layers(manifest),
                    scratch,
                    home.cacheFolder("base-images").resolve(config.digest().replace(':', '-')),
                    progress);
        } catch (RuntimeException failure) {
            from.close();
            throw failure;
        }
    }

    /** Where its layers may be taken over from. */
    public ImageName name() {
        return name;
    }

    @Override
    public String reference() {
        return name.toString();
    }

    @Override
    public String place() {
        return "the registry " + name.registry();
    }

    @Override
    public ObjectNode configuration() {
        return configuration.deepCopy();
    }

    @Override
    public List<BaseLayer> layers() {
        List<String> diffIds = ImageContent.diffIds(configuration);
        List<BaseLayer> found = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            found.add(new Layer(diffIds.get(i), layers.get(i)));
        }
        return found;
    }

    private final class Layer implements BaseLayer {
        private final String diffId;
        private final Descriptor blob;

        private Layer(String diffId, Descriptor blob) {
            this.diffId = diffId;
            this.blob = blob;
        }

        @Override
        public String diffId() {
            return diffId;
        }

        @Override
        public Optional<Descriptor> stored() {
            return Optional.of(new Descriptor(mediaType(blob.mediaType()), blob.digest(), blob.size()));
        }

        /** Once fetched it is kept for as long as the base is open. */
        @Override
        public InputStream open() throws IOException {
            Path file = scratch.resolve("base-" + blob.digest().replace(':', '-'));
            if (!Files.exists(file)) {
                Path part = Files.createTempFile(scratch, "part", "");
                try (var to = Files.newOutputStream(part)) {
                    from.fetch(blob, to, progress, "fetching " + name.shortName());
                }
                Files.move(part, file);
            }
            return Files.newInputStream(file);
        }
    }

    /** Docker's names for what the standard has others for. */
    private static String mediaType(String stored) {
        if (stored.contains("foreign") || stored.contains("nondistributable")) {
            throw new PaddockException("a layer of the base may not be distributed", "name another base");
        }
        if (stored.endsWith("zstd")) {
            return Compression.ZSTD.mediaType();
        }
        return stored.endsWith("gzip") ? Compression.GZIP.mediaType() : "application/vnd.oci.image.layer.v1.tar";
    }

    @Override
    public Owner owner() throws IOException {
        return postgres(found(List.of(BaseFile.USERS)).getOrDefault(BaseFile.USERS, ""));
    }

    @Override
    public Optional<DataPlatform> platform() throws IOException {
        Map<BaseFile, String> found = found(List.of(BaseFile.GLIBC, BaseFile.ICU));
        return Optional.ofNullable(found.get(BaseFile.GLIBC))
                .map(glibc -> new DataPlatform(
                        configuration.path("architecture").asText(),
                        "glibc " + glibc,
                        found.getOrDefault(BaseFile.ICU, "")));
    }

    /** As the uppermost layers that have them say. CheckedFile, for it takes much fetching to find. */
    private Map<BaseFile, String> found(List<BaseFile> wanted) throws IOException {
        Map<BaseFile, String> found = new EnumMap<>(BaseFile.class);
        for (BaseFile each : wanted) {
            remembered(each).read().ifPresent(text -> found.put(each, text));
        }
        if (found.size() == wanted.size()) {
            return found;
        }
        List<BaseLayer> uppermostFirst = new ArrayList<>(layers());
        Collections.reverse(uppermostFirst);
        for (BaseLayer layer : uppermostFirst) {
            if (found.size() < wanted.size()) {
                look(layer, wanted, found);
            }
        }
        Files.createDirectories(facts);
        for (Map.Entry<BaseFile, String> each : found.entrySet()) {
            remembered(each.getKey()).write(each.getValue());
        }
        return found;
    }

    private CheckedFile remembered(BaseFile file) {
        return new CheckedFile(facts.resolve(file.name()));
    }

    private static void look(BaseLayer layer, List<BaseFile> wanted, Map<BaseFile, String> found) throws IOException {
        try (InputStream in = layer.open();
                InputStream plain = Compression.decompress(in)) {
            ForeignTar tar = new ForeignTar(plain);
            for (Optional<TarArchiveEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
                TarArchiveEntry entry = next.get();
                for (BaseFile each : wanted) {
                    if (entry.isFile() && !found.containsKey(each) && each.is(entry.getName())) {
                        each.read(entry.getName(), tar.content()).ifPresent(text -> found.put(each, text));
                    }
                }
            }
        }
    }

    private Owner postgres(String users) {
        for (String line : users.split("\n")) {
            String[] fields = line.split(":");
            if (fields[0].equals("postgres") && fields.length > 3) {
                return new Owner(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
            }
        }
        throw noUser();
    }

    private PaddockException noUser() {
        return new PaddockException(
                "the image " + name + " isn't one of PostgreSQL: it has no user postgres",
                "name one that follows the official image postgres");
    }

    @Override
    public void close() {
        from.close();
    }
}
