package dev.paddock.oci.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import com.google.cloud.tools.jib.registry.ManifestAndDigest;
import com.google.cloud.tools.jib.registry.RegistryClient;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.oci.image.Descriptor;
import dev.paddock.oci.image.ImageContent;
import dev.paddock.oci.image.StoredLayer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One repository of a registry, as its user may use it. Encrypted, except with this machine's own registries. All methods throw {@link PaddockException}
 * with the reason. Not thread-safe; closed by its opener.
 */
public final class RegistryConnection implements AutoCloseable {
    /** Far more than the environment, the labels and the history of an image take. */
    private static final long LARGEST_CONFIGURATION = 8L << 20;

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);

    private final ImageName image;
    private final String what;
    private final boolean credentials;
    private final FailoverHttpClient http;
    private final RegistryClient client;

    private RegistryConnection(
            ImageName image, String what, boolean credentials, FailoverHttpClient http, RegistryClient client) {
        this.image = image;
        this.what = what;
        this.credentials = credentials;
        this.http = http;
        this.client = client;
    }

    /** To read an image. */
    public static RegistryConnection toPull(ImageName image, String what, Map<String, String> environment) {
        return open(image, what, environment, Optional.empty(), false);
    }

    /**
     * To write an image.
     *
     * @param source another repository of the same registry, which layers may be taken over from
     */
    public static RegistryConnection toPush(
            ImageName image, String what, Map<String, String> environment, Optional<ImageName> source) {
        return open(image, what, environment, source, true);
    }

    private static RegistryConnection open(
            ImageName image, String what, Map<String, String> environment, Optional<ImageName> source, boolean push) {
        requireReachable(image, what);
        Optional<Credential> credential = UserCredentials.of(environment).forRegistry(image.registry());
        FailoverHttpClient http = new FailoverHttpClient(image.isLoopback(), image.isLoopback(), unheard -> {});
        RegistryClient.Factory factory = source.isPresent()
                ? RegistryClient.factory(
                        EventHandlers.NONE,
                        image.registry(),
                        image.repository(),
                        source.get().repository(),
                        http)
                : RegistryClient.factory(EventHandlers.NONE, image.registry(), image.repository(), http);
        RegistryClient client = factory.setCredential(credential.orElse(null))
                .setUserAgent("paddock")
                .newRegistryClient();
        RegistryConnection connection = new RegistryConnection(image, what, credential.isPresent(), http, client);
        try {
            boolean bearer = push ? client.doPushBearerAuth() : client.doPullBearerAuth();
            if (!bearer && credential.isPresent()) {
                client.configureBasicAuth();
            }
            return connection;
        } catch (IOException | RegistryException | RuntimeException failure) {
            connection.close();
            throw connection.explain(failure);
        }
    }

    /** The library goes on trying for a minute, which is right for a registry that was there a moment ago. */
    private static void requireReachable(ImageName image, String what) {
        boolean proxied = ProxySelector.getDefault() != null
                && ProxySelector.getDefault().select(URI.create("https://" + image.registry())).stream()
                        .anyMatch(proxy -> proxy.address() != null);
        if (proxied) {
            return;
        }
        try (Socket probe = new Socket()) {
            InetSocketAddress address =
                    new InetSocketAddress(image.host(), image.port().orElse(443));
            if (address.isUnresolved()) {
                throw new java.net.UnknownHostException(image.host());
            }
            if (image.port().isPresent() || !image.isLoopback()) {
                probe.connect(address, (int) TO_CONNECT.toMillis());
            }
        } catch (IOException failure) {
            throw RegistryFailure.unreachable(what, image, failure);
        }
    }

    /** An image's manifest as it is, and its digest. */
    public record PulledManifest(JsonNode json, String digest) {
        /** Whether it only lists the images for several platforms. */
        public boolean isIndex() {
            return json.path("manifests").isArray();
        }
    }

    /** The manifest behind a tag or a digest. */
    public PulledManifest manifest(String qualifier) {
        try {
            ManifestAndDigest<ManifestTemplate> pulled = client.pullManifest(qualifier);
            return new PulledManifest(
                    new ObjectMapper().readTree(JsonTemplateMapper.toByteArray(pulled.getManifest())),
                    pulled.getDigest().toString());
        } catch (IOException | RegistryException | RuntimeException failure) {
            throw explain(failure);
        }
    }

    /** The image for a platform, where the name may stand for several. */
    public PulledManifest manifest(String qualifier, String architecture) {
        PulledManifest manifest = manifest(qualifier);
        if (!manifest.isIndex()) {
            return manifest;
        }
        for (JsonNode each : manifest.json().path("manifests")) {
            JsonNode platform = each.path("platform");
            if (platform.path("os").asText().equals("linux")
                    && platform.path("architecture").asText().equals(architecture)) {
                return manifest(each.path("digest").asText());
            }
        }
        throw new PaddockException(what + ": " + image + " has no image for linux/" + architecture);
    }

    /** A small blob: an image's configuration. */
    public ObjectNode json(Descriptor blob) {
        if (blob.size() > LARGEST_CONFIGURATION) {
            throw new PaddockException(
                    what + ": the configuration of " + image + " has " + blob.size() + " bytes, which none needs");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        fetch(blob, bytes, Progress.NONE, "");
        try {
            if (new ObjectMapper().readTree(bytes.toByteArray()) instanceof ObjectNode object) {
                return object;
            }
            throw new PaddockException(what + ": the configuration of " + image + " is none");
        } catch (IOException damaged) {
            throw explain(damaged);
        }
    }

    /** Writes a blob to a stream that stays open. Its digest is proved when this returns, and not before. */
    public void fetch(Descriptor blob, OutputStream to, Progress progress, String activity) {
        AtomicLong done = new AtomicLong();
        try {
            client.pullBlob(digest(blob.digest()), size -> {}, bytes -> {
                        if (!activity.isEmpty()) {
                            progress.advance(activity, done.addAndGet(bytes), blob.size() + 1);
                        }
                    })
                    .writeTo(new AtMost(to, blob.size()));
        } catch (IOException | RuntimeException failure) {
            throw explain(failure);
        } finally {
            if (!activity.isEmpty()) {
                progress.advance(activity, 1, 1);
            }
        }
    }

    /** The blobs that a manifest names. */
    public static Descriptor descriptor(JsonNode node) {
        return new Descriptor(
                node.path("mediaType").asText(),
                node.path("digest").asText(),
                node.path("size").asLong());
    }

    public boolean has(Descriptor blob) {
        try {
            return client.checkBlob(digest(blob.digest())).isPresent();
        } catch (IOException | RegistryException | RuntimeException failure) {
            throw explain(failure);
        }
    }

    /**
     * Uploads a blob, or takes it over from another repository of the same registry if that lets us.
     *
     * @param content written once or, if the connection breaks, several times; not at all if the blob is taken over
     */
    public void upload(
            Descriptor blob,
            StoredLayer.Content content,
            Optional<ImageName> source,
            Progress progress,
            String activity) {
        AtomicLong done = new AtomicLong();
        try {
            client.pushBlob(
                    digest(blob.digest()),
                    // What is on this machine is there, or it isn't.
                    Blobs.from(content::writeTo, !image.isLoopback()),
                    source.map(ImageName::repository).orElse(null),
                    bytes -> progress.advance(activity, Math.min(done.addAndGet(bytes), blob.size()), blob.size() + 1));
        } catch (IOException | RegistryException | RuntimeException failure) {
            throw explain(failure);
        } finally {
            progress.advance(activity, 1, 1);
        }
    }

    /** Finds out whether we may write here, before anything is made to be written: by a blob of two bytes that belongs to no image. */
    public void requireWritable() {
        byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
        upload(
                new Descriptor(ImageContent.EMPTY, StoredLayer.text(digestOf(nothing)), nothing.length),
                to -> to.write(nothing),
                Optional.empty(),
                Progress.NONE,
                "");
    }

    /** Uploads the configuration of an image. */
    public Descriptor upload(ObjectNode configuration) {
        byte[] bytes = ImageContent.bytes(configuration);
        Descriptor blob = new Descriptor(ImageContent.CONFIGURATION, StoredLayer.text(digestOf(bytes)), bytes.length);
        if (!has(blob)) {
            upload(blob, to -> to.write(bytes), Optional.empty(), Progress.NONE, "");
        }
        return blob;
    }

    private static java.security.MessageDigest digestOf(byte[] bytes) {
        java.security.MessageDigest digest = StoredLayer.sha256();
        digest.update(bytes);
        return digest;
    }

    /** Lets an image be found, all at once, when all of its blobs are there. */
    public String publish(ObjectNode manifest) {
        try {
            return client.pushManifest(new Written(manifest), image.qualifier()).toString();
        } catch (IOException | RegistryException | RuntimeException failure) {
            throw explain(failure);
        }
    }

    /** A manifest in the words in which it was written. */
    private record Written(@JsonValue ObjectNode json) implements ManifestTemplate {
        @Override
        public int getSchemaVersion() {
            return 2;
        }

        @Override
        public String getManifestMediaType() {
            return ImageContent.MANIFEST;
        }
    }

    private static DescriptorDigest digest(String text) {
        try {
            return DescriptorDigest.fromDigest(text);
        } catch (DigestException unreadable) {
            throw new PaddockException("'" + text + "' is not a digest", unreadable);
        }
    }

    private PaddockException explain(Exception failure) {
        return failure instanceof PaddockException known
                ? known
                : RegistryFailure.explain(what, image, credentials, failure);
    }

    public ImageName image() {
        return image;
    }

    @Override
    public void close() {
        try {
            http.shutDown();
        } catch (IOException nothingToSave) {
            // A connection that is gone is closed.
        }
    }

    /** The layers that a manifest names, lowest first. */
    public static List<Descriptor> layers(PulledManifest manifest) {
        List<Descriptor> layers = new java.util.ArrayList<>();
        manifest.json().path("layers").forEach(layer -> layers.add(descriptor(layer)));
        return layers;
    }
}
