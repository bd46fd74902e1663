package dev.paddock.oci.image;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A layer as it is stored: compressed.
 *
 * @param diffId the digest of its content, without compression
 */
public record StoredLayer(Descriptor descriptor, String diffId) {

    /** What writes a layer's content: a tar archive. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream to) throws IOException;
    }

    /** Compresses a content into a file that doesn't exist yet. */
    public static StoredLayer write(Content content, Compression compression, Path file) throws IOException {
        MessageDigest stored = sha256();
        MessageDigest plain = sha256();
        try (OutputStream out = Files.newOutputStream(file);
                OutputStream compressed = compression.compress(new DigestOutputStream(out, stored))) {
            content.writeTo(new DigestOutputStream(new Unclosed(compressed), plain));
        }
        return new StoredLayer(new Descriptor(compression.mediaType(), text(stored), Files.size(file)), text(plain));
    }

    /** As manifests write it. */
    public static String text(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Passes blocks on as they are, and stays open. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] block, int offset, int length) throws IOException {
            out.write(block, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
