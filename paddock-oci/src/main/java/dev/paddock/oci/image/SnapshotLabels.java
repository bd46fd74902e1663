package dev.paddock.oci.image;

import dev.paddock.model.ByteSize;
import dev.paddock.model.DataFormat;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.PostgresVersion;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Manifest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the labels of an image say of the snapshot that it holds: the facts of its manifest that hold wherever it is.
 *
 * @param id the digest of all that the snapshot is
 * @param layer the diff id of the layer with its data
 */
public record SnapshotLabels(
        String id,
        String layer,
        Kind kind,
        PostgresVersion version,
        String origin,
        Optional<DataPlatform> platform,
        DataFormat format,
        String user,
        String database,
        Optional<String> parent,
        long bytes) {
    /** Whoever has it is an image of a snapshot. */
    public static final String SNAPSHOT = "dev.paddock.snapshot";

    private static final String LAYER = SNAPSHOT + ".layer";
    private static final String KIND = SNAPSHOT + ".kind";
    private static final String POSTGRES = SNAPSHOT + ".postgres";
    private static final String ORIGIN = SNAPSHOT + ".origin";
    private static final String PLATFORM = SNAPSHOT + ".platform";
    private static final String LOCALE = SNAPSHOT + ".locale";
    private static final String ENCODING = SNAPSHOT + ".encoding";
    private static final String CHECKSUMS = SNAPSHOT + ".checksums";
    private static final String WAL_SEGMENT = SNAPSHOT + ".wal-segment";
    private static final String USER = SNAPSHOT + ".user";
    private static final String DATABASE = SNAPSHOT + ".database";
    private static final String PARENT = SNAPSHOT + ".parent";
    private static final String BYTES = SNAPSHOT + ".bytes";

    /** @param layer the diff id of the layer that holds its data */
    public static SnapshotLabels of(Manifest manifest, String layer) {
        return new SnapshotLabels(
                manifest.id(),
                layer,
                manifest.kind(),
                manifest.version(),
                manifest.origin(),
                manifest.platform(),
                manifest.format(),
                manifest.user(),
                manifest.database(),
                manifest.parent(),
                manifest.bytes());
    }

    /** For an image, in the order of their names. */
    public Map<String, String> write() {
        Map<String, String> labels = new TreeMap<>();
        labels.put(SNAPSHOT, id);
        labels.put(LAYER, layer);
        labels.put(KIND, kind.toString());
        labels.put(POSTGRES, version.toString());
        labels.put(ORIGIN, origin);
        platform.ifPresent(value -> labels.put(PLATFORM, value.toString()));
        labels.put(LOCALE, format.locale());
        labels.put(ENCODING, format.encoding());
        labels.put(CHECKSUMS, Boolean.toString(format.checksums()));
        labels.put(WAL_SEGMENT, format.walSegment().toString());
        labels.put(USER, user);
        labels.put(DATABASE, database);
        parent.ifPresent(value -> labels.put(PARENT, value));
        labels.put(BYTES, Long.toString(bytes));
        return labels;
    }

    /**
     * Of an image's labels.
     *
     * @throws IllegalArgumentException or another RuntimeException if they say nothing sensible
     */
    public static SnapshotLabels read(Map<String, String> labels) {
        return new SnapshotLabels(
                id(labels, SNAPSHOT),
                fact(labels, LAYER),
                Kind.valueOf(fact(labels, KIND).toUpperCase(java.util.Locale.ROOT)),
                PostgresVersion.parse(fact(labels, POSTGRES)),
                fact(labels, ORIGIN),
                labels.containsKey(PLATFORM)
                        ? Optional.of(DataPlatform.parse(fact(labels, PLATFORM)))
                        : Optional.empty(),
                new DataFormat(
                        fact(labels, LOCALE),
                        fact(labels, ENCODING),
                        Boolean.parseBoolean(fact(labels, CHECKSUMS)),
                        ByteSize.parse(fact(labels, WAL_SEGMENT))),
                fact(labels, USER),
                fact(labels, DATABASE),
                labels.containsKey(PARENT) ? Optional.of(id(labels, PARENT)) : Optional.empty(),
                Long.parseLong(fact(labels, BYTES)));
    }

    private static String fact(Map<String, String> labels, String name) {
        String value = labels.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the label " + name + " is missing");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the label " + name + " holds more than a line of text");
        }
        return value;
    }

    private static String id(Map<String, String> labels, String name) {
        String value = fact(labels, name);
        if (!value.matches("[0-9a-z]{1,64}")) {
            throw new IllegalArgumentException("the label " + name + " is no id of a snapshot");
        }
        return value;
    }
}
