package dev.paddock.wire;

import dev.paddock.model.PaddockException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 and the keyed forms of it that SCRAM is made of. HMAC is spelt out here because {@code javax.crypto} takes longer to
 * load than a server takes to start. Not thread-safe.
 */
final class Sha256 {
    private static final int BLOCK = 64;

    private final MessageDigest digest;

    private Sha256(MessageDigest digest) {
        this.digest = digest;
    }

    static Sha256 create() {
        try {
            return new Sha256(MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new PaddockException("this Java has no SHA-256", "use another JDK", everyPlatformHasIt);
        }
    }

    byte[] hash(byte[] data) {
        return digest.digest(data);
    }

    byte[] hmac(byte[] key, byte[] data) {
        byte[] shortKey = key.length > BLOCK ? digest.digest(key) : key;
        byte[] pad = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            pad[i] = (byte) ((i < shortKey.length ? shortKey[i] : 0) ^ 0x36);
        }
        digest.update(pad);
        byte[] inner = digest.digest(data);
        for (int i = 0; i < BLOCK; i++) {
            pad[i] ^= (byte) (0x36 ^ 0x5c);
        }
        digest.update(pad);
        return digest.digest(inner);
    }

    byte[] hmac(byte[] key, String data) {
        return hmac(key, data.getBytes(StandardCharsets.UTF_8));
    }
}
