package dev.paddock.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over parts of content, each told apart from the next. */
final class ContentDigest {
    private final MessageDigest digest;

    ContentDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    static String of(String... parts) {
        ContentDigest digest = new ContentDigest();
        for (String part : parts) {
            digest.add(part.getBytes(StandardCharsets.UTF_8));
        }
        return digest.toHex();
    }

    ContentDigest add(byte[] part) {
        digest.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(part);
        return this;
    }

    String toHex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
