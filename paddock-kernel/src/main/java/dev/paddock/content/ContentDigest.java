package dev.paddock.content;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over parts of content, each told apart from the next. Not thread-safe. */
public final class ContentDigest {
    private static final int BLOCK = 64 * 1024;

    private final MessageDigest digest;

    public ContentDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    public static String of(String... parts) {
        ContentDigest digest = new ContentDigest();
        for (String part : parts) {
            digest.add(part);
        }
        return digest.toHex();
    }

    public ContentDigest add(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        begin(bytes.length);
        digest.update(bytes);
        return this;
    }

    /**
     * Adds the names of files and what is in them, in this order.
     *
     * @throws PaddockException if one can't be read
     */
    public ContentDigest add(List<ContentFile> files) {
        begin(files.size());
        for (ContentFile file : files) {
            add(file.name());
            add(file);
        }
        return this;
    }

    /**
     * Adds files that others read, by their last names; nothing if there are none.
     *
     * @throws PaddockException if one can't be read
     */
    public ContentDigest addRead(List<Path> files) {
        if (files.isEmpty()) {
            return this;
        }
        begin(files.size());
        for (Path file : files) {
            add(String.valueOf(file.getFileName()));
            try (InputStream in = Files.newInputStream(file)) {
                add(in, Files.size(file));
            } catch (IOException failure) {
                throw Unreadable.because(file.toString(), failure);
            }
        }
        return this;
    }

    private void add(ContentFile file) {
        try (InputStream in = file.open()) {
            add(in, Files.size(file.path()));
        } catch (IOException failure) {
            throw Unreadable.because(file.path().toString(), failure);
        }
    }

    private void add(InputStream in, long length) throws IOException {
        begin(length);
        byte[] block = new byte[BLOCK];
        for (int count = in.read(block); count > 0; count = in.read(block)) {
            digest.update(block, 0, count);
        }
    }

    private void begin(long length) {
        digest.update((length + ":").getBytes(StandardCharsets.US_ASCII));
    }

    public String toHex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
