package dev.paddock.oci.image;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.paddock.model.InvalidSpecException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How layers are compressed. The same content always gives the same bytes; with gzip, as long as the JVM's zlib is the same. */
public enum Compression {
    /** Every engine knows it. */
    GZIP("application/vnd.oci.image.layer.v1.tar+gzip") {
        @Override
        public OutputStream compress(OutputStream to) throws IOException {
            return new GZIPOutputStream(to, BUFFER);
        }
    },
    /** Several times as fast. Docker understands it from 23 on, Podman from 4 on. */
    ZSTD("application/vnd.oci.image.layer.v1.tar+zstd") {
        @Override
        public OutputStream compress(OutputStream to) throws IOException {
            return new ZstdOutputStream(to).setChecksum(true);
        }
    };

    private static final int BUFFER = 1 << 16;

    private final String mediaType;

    Compression(String mediaType) {
        this.mediaType = mediaType;
    }

    /** What a manifest calls a layer that is compressed so. */
    public String mediaType() {
        return mediaType;
    }

    /** Closing it completes what was written, and closes the stream below. */
    public abstract OutputStream compress(OutputStream to) throws IOException;

    /** The content of a layer, whichever way it is compressed, or not at all; told by how it begins. */
    public static InputStream decompress(InputStream from) throws IOException {
        BufferedInputStream in = new BufferedInputStream(from, BUFFER);
        in.mark(4);
        byte[] begin = in.readNBytes(4);
        in.reset();
        if (begin.length >= 2 && (begin[0] & 0xff) == 0x1f && (begin[1] & 0xff) == 0x8b) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get();
        }
        boolean zstd = begin.length == 4
                && (begin[0] & 0xff) == 0x28
                && (begin[1] & 0xff) == 0xb5
                && (begin[2] & 0xff) == 0x2f
                && (begin[3] & 0xff) == 0xfd;
        return zstd ? new ZstdInputStream(in) : in;
    }

    /** @throws InvalidSpecException for a word that is none */
    public static Compression parse(String name) {
        for (Compression each : values()) {
            if (each.toString().equals(name)) {
                return each;
            }
        }
        throw new InvalidSpecException("'" + name + "' is no way of compressing layers", "choose gzip or zstd");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
